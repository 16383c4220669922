"""How the mix of each style is set up: tone, width, rooms, pumping, balance.

Tones are targets for the long-term spectrum in octave bands. Their base is the average of
commercial recordings, which falls by about 2 dB per octave from 100 Hz to 4 kHz and faster above
(P. Pestana et al., "Spectral Characteristics of Popular Commercial Recordings 1950-2010", AES
Convention 135, 2013); the variants are this project's own.
"""

from dataclasses import dataclass, field

from backend.pipeline.artifacts import Role

#           31.5    63   125   250   500    1k    2k     4k     8k    16k
TONES: dict[str, tuple[float, ...]] = {
    "balanced": (-11, -4, -4, -5, -6.5, -8.5, -11, -14, -17.5, -24),
    "bright": (-11, -4, -4.5, -6, -7, -8.5, -10.5, -13, -15.5, -21),
    "warm": (-10, -3.5, -3.5, -4.5, -6.5, -9.5, -12.5, -16, -20, -27),
    "dark": (-9, -3, -3.5, -5, -7.5, -10.5, -14, -18.5, -24, -34),
    "sub": (-5.5, -2.5, -4.5, -7, -8.5, -10.5, -12.5, -14.5, -17.5, -23),
    "natural": (-16, -8, -5, -4.5, -5, -7.5, -11, -15, -20, -28),
    "soft": (-24, -13, -6, -4, -4.5, -7.5, -12, -18, -25, -36),
    "forward": (-13, -5, -4.5, -5, -6, -7.5, -9.5, -12, -16, -24),
    "scooped": (-10, -3.5, -4, -6.5, -8.5, -9, -9.5, -11.5, -15, -22),
}


@dataclass(frozen=True, slots=True)
class MixPreset:
    """The mixing habits of a style."""

    tone: str = "balanced"
    width: float = 0.8
    """0 narrow to 1 wide."""
    hall_seconds: float = 1.8
    """Decay of the long reverb to −60 dB."""
    hall_db: float = 0.0
    """Of the hall's return, on top of the roles' sends; likewise room and echo."""
    room_db: float = 0.0
    echo_db: float = 0.0
    duck_db: float = 0.0
    """How far the kick pushes the other instruments down."""
    glue_ratio: float = 2.0
    """Of the compressor over the whole mix; 1 leaves it out."""
    lift_db: dict[Role, float] = field(default_factory=dict)
    """Changes to the roles' levels."""


_DANCE = {Role.DRUMS: 1.5, Role.BASS: 1.0, Role.LEAD: -1.0}
_URBAN = {Role.DRUMS: 1.5, Role.BASS: 2.0}
_BAND = {Role.GUITAR: 2.0, Role.KEYS: -0.5}
_ACOUSTIC = {Role.DRUMS: -3.0, Role.GUITAR: 2.0, Role.KEYS: 1.0}
_ORCHESTRA = {
    Role.DRUMS: -4.0,
    Role.PERCUSSION: 1.0,
    Role.STRINGS: 3.0,
    Role.BRASS: 1.5,
    Role.KEYS: 1.0,
    Role.BASS: -1.5,
}

PRESETS: dict[str, MixPreset] = {
    "afrobeat": MixPreset("warm", 0.8, 1.2, -2, lift_db={Role.PERCUSSION: 2.5, Role.GUITAR: 1.0}),
    "ambient": MixPreset(
        "soft",
        1.0,
        6.0,
        6,
        -6,
        3,
        glue_ratio=1.3,
        lift_db={Role.PAD: 6.0, Role.STRINGS: 3.0, Role.DRUMS: -6.0, Role.BASS: -2.0},
    ),
    "ballad": MixPreset("warm", 0.85, 2.2, 2, lift_db={Role.DRUMS: -2.0, Role.KEYS: 1.5}),
    "blues": MixPreset("forward", 0.6, 1.3, -2, 2, lift_db=_BAND),
    "bossa_nova": MixPreset("warm", 0.6, 1.2, -1, glue_ratio=1.5, lift_db=_ACOUSTIC),
    "chiptune": MixPreset("bright", 0.4, 0.7, -10, -6, 0, lift_db={Role.ARP: 2.0, Role.BASS: 1.0}),
    "cinematic": MixPreset("natural", 1.0, 3.2, 4, -2, glue_ratio=1.5, lift_db=_ORCHESTRA),
    "classical": MixPreset("soft", 0.9, 2.4, 3, -1, -20, glue_ratio=1.0, lift_db=_ORCHESTRA),
    "country": MixPreset("bright", 0.8, 1.3, -1, 1, lift_db=_BAND),
    "disco": MixPreset("bright", 0.9, 1.5, 0, duck_db=1.5, lift_db={Role.STRINGS: 1.5}),
    "drum_and_bass": MixPreset("sub", 0.8, 2.0, 0, -3, 2, 4.0, 2.5, _DANCE),
    "dubstep": MixPreset("sub", 0.9, 1.8, -1, -2, 0, 5.0, 3.0, _DANCE),
    "folk": MixPreset("natural", 0.7, 1.0, -2, 1, -6, glue_ratio=1.5, lift_db=_ACOUSTIC),
    "funk": MixPreset("forward", 0.7, 0.9, -4, lift_db={Role.BASS: 1.5, Role.DRUMS: 0.5}),
    "gospel": MixPreset("warm", 0.85, 2.2, 2, lift_db={Role.KEYS: 1.5, Role.PAD: 2.0}),
    "hip_hop": MixPreset("warm", 0.6, 0.9, -4, -1, -3, 2.0, 2.5, _URBAN),
    "house": MixPreset("sub", 0.85, 1.4, 0, -3, 2, 6.0, 2.5, _DANCE),
    "jazz_swing": MixPreset(
        "natural",
        0.7,
        1.1,
        -3,
        2,
        -20,
        glue_ratio=1.3,
        lift_db={
            Role.DRUMS: -3.5,
            Role.BASS: 0.5,
            Role.KEYS: 1.5,
        },
    ),
    "latin_salsa": MixPreset(
        "bright",
        0.9,
        1.0,
        -3,
        lift_db={
            Role.PERCUSSION: 3.0,
            Role.BRASS: 2.0,
            Role.KEYS: 1.5,
        },
    ),
    "lofi_hip_hop": MixPreset(
        "dark",
        0.6,
        0.8,
        -3,
        1,
        -2,
        3.0,
        2.5,
        {
            Role.KEYS: 2.0,
            Role.DRUMS: -0.5,
            Role.LEAD: -1.0,
        },
    ),
    "metal": MixPreset(
        "scooped",
        1.0,
        0.7,
        -6,
        -1,
        -4,
        glue_ratio=3.0,
        lift_db={
            Role.GUITAR: 4.0,
            Role.DRUMS: 1.0,
        },
    ),
    "pop": MixPreset("bright", 0.8, 1.5, 0, duck_db=2.5),
    "punk": MixPreset("forward", 0.95, 0.7, -6, 1, -20, glue_ratio=3.0, lift_db={Role.GUITAR: 4.0}),
    "reggae": MixPreset("warm", 0.6, 1.5, -1, 0, 3, lift_db={Role.BASS: 2.5, Role.GUITAR: 1.0}),
    "reggaeton": MixPreset("sub", 0.75, 1.2, -2, -2, 0, 3.0, 2.5, _URBAN),
    "rnb_soul": MixPreset("warm", 0.75, 1.6, 0, duck_db=1.5, lift_db={Role.KEYS: 1.5}),
    "rock": MixPreset("forward", 0.95, 1.0, -4, 2, -4, glue_ratio=2.5, lift_db=_BAND),
    "synthwave": MixPreset(
        "balanced",
        0.95,
        2.6,
        2,
        -2,
        3,
        4.0,
        2.5,
        {
            Role.ARP: 2.0,
            Role.PAD: 2.0,
            Role.DRUMS: 1.0,
        },
    ),
    "techno": MixPreset("sub", 0.6, 2.2, -1, -3, 3, 6.0, 2.5, _DANCE),
    "trance": MixPreset(
        "bright",
        0.95,
        3.0,
        2,
        -4,
        3,
        6.0,
        2.5,
        {
            Role.DRUMS: 1.0,
            Role.BASS: 0.5,
            Role.PAD: 1.5,
            Role.ARP: 1.5,
        },
    ),
    "trap": MixPreset("sub", 0.7, 2.0, -1, -4, 0, 2.0, 2.5, _URBAN),
    "waltz": MixPreset("natural", 0.8, 2.0, 2, -1, -20, glue_ratio=1.3, lift_db=_ACOUSTIC),
}

_PLAIN = MixPreset()


def preset_for(genre: str) -> MixPreset:
    """Return the preset of a style, of a blend ("house+jazz_swing") that of its first half."""
    return PRESETS.get(genre.split("+", maxsplit=1)[0], _PLAIN)
