"""The shape of a style's data; ``styles/data/*.json`` holds one file per style."""

from dataclasses import dataclass, field
from functools import cache, cached_property

from backend.pipeline.artifacts import Metre, Role
from backend.pipeline.styles.patterns import drum_line
from backend.pipeline.theory.metre import Hit, parse_metre

_metre = cache(parse_metre)


@dataclass(frozen=True, slots=True)
class HarmonyStyle:
    """How chords are coloured and phrases closed."""

    cadences: bool
    """Whether sections close with a cadence instead of looping on."""
    colour_rate: float
    """Share of plain triads that take a colour."""
    major: tuple[str, ...] = ()
    """Qualities that colour major triads; likewise minor and dominant ones."""
    minor: tuple[str, ...] = ()
    dominant: tuple[str, ...] = ()
    push: float = 0.0
    """Share of chord changes that comping anticipates by an eighth."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the band and who may sit there."""

    slot: str
    role: Role
    part: str
    """How it plays: lead, counter, comp, pad, arp, bass, brass, pedal or effects."""
    programs: tuple[int, ...]
    """General MIDI programs, best first."""
    energy: float
    """It plays in sections of at least this energy."""
    chance: float
    """Probability that a song has it."""
    voice: str = "soundfont"
    """What plays it in this style, where the user names no instrument for it."""
    voices: dict[int, str] = field(default_factory=dict)
    """Programs that another voice plays, and which."""


@dataclass(frozen=True, slots=True)
class Groove:
    """Drum lines of one bar, or of two where a line is twice as long."""

    metre: str
    grid: str
    """sixteenth, or triplet (three steps per quarter)."""
    lines: dict[str, str]
    """Voice to steps: X accent, x normal, o soft, g ghost."""

    @property
    def native(self) -> Metre:
        """The metre it is written in."""
        return _metre(self.metre)

    def bars(self, voice: str) -> tuple[tuple[Hit, ...], ...]:
        """Return the hits of a voice, bar by bar."""
        return drum_line(self.lines[voice], self.grid, self.native.bar_beats)


@dataclass(frozen=True, slots=True)
class BassStyle:
    """Patterns of "step degree length", and how tightly they follow the kick."""

    patterns: tuple[str, ...]
    kick_lock: float


@dataclass(frozen=True, slots=True)
class MelodyStyle:
    """How melodies move."""

    density: tuple[float, float]
    """Fewest and most onsets per 4/4 bar."""
    range: int
    """Span in semitones."""
    offbeat: float
    """Share of onsets off the beat."""
    scale: str
    """diatonic, pentatonic, blues or chord (chord scales)."""
    phrases: tuple[str, ...]
    """Phrase schemas: period, sentence, aaba, riff, call or flow."""


@dataclass(frozen=True, slots=True)
class MixStyle:
    """The mixing habits of a style."""

    tone: str
    """Which long-term spectrum the master aims at, one of ``mixing.tones``; empty: its own."""
    width: float
    """0 narrow to 1 wide."""
    hall_seconds: float
    """Decay of the long reverb to −60 dB."""
    dynamics_db: float
    """How far a section without energy would stand below one of full energy."""
    hall_db: float = 0.0
    """Of the hall's return, on top of the roles' sends; likewise room and echo."""
    room_db: float = 0.0
    echo_db: float = 0.0
    duck_db: float = 0.0
    """How far the kick pushes the other instruments down."""
    glue_ratio: float = 2.0
    """Of the compressor over the whole mix; 1 leaves it out."""
    headroom_db: float = 0.0
    """Below the ceiling asked for: MP3 lifts the peaks of square waves by more than of others."""
    lift_db: dict[Role, float] = field(default_factory=dict)
    """Changes to the roles' levels."""
    filter_sweeps: bool = False
    """Whether a low-pass opens over intros, builds and breaks."""
    echo_throws: bool = False
    """Whether the lead is thrown into the echo at the end of its sections."""
    flat: str = ""
    """Why its loudness hardly changes by nature (a range below 3 LU is right); empty elsewhere."""


@dataclass(frozen=True)
class Style:
    """One genre."""

    id: str
    name: str
    aliases: tuple[str, ...]
    tempo: tuple[float, float, float]
    """Low, typical and high, in quarter notes per minute."""
    half_time: bool
    metres: tuple[str, ...]
    """The first is the one its patterns are written in."""
    modes: dict[str, float]
    """Mode to share; shares sum to 1."""
    swing: float
    """0.5 straight to 0.67 triplet."""
    swing_grid: int
    """8 or 16: the subdivision that swings."""
    forms: tuple[str, ...]
    """Sections with bars: "intro4 verse8 chorus8"."""
    progressions: dict[str, tuple[str, ...]]
    """Kind of section to roman progressions, bars separated by |."""
    harmony: HarmonyStyle
    instruments: tuple[Seat, ...]
    kit: int | None
    """General MIDI drum kit, or none."""
    drums: dict[str, Groove]
    fills: tuple[Groove, ...]
    bass: BassStyle
    comping: tuple[str, ...]
    melody: MelodyStyle
    mix: MixStyle
    kit_voice: str = "soundfont"
    """The drum machine that plays instead of the kit, a voice of ``rendering``."""
    parallels: dict[Role, str] = field(default_factory=dict)
    """Roles that may chain parallel fifths, by themselves or with the bass, and why; nobody else
    may."""
    microtiming_ms: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Voice or role to the least and most delay against the grid."""

    @cached_property
    def native(self) -> Metre:
        """The metre that bass and comping patterns are written in."""
        return parse_metre("3/4" if self.metres[0] == "3/4" else "4/4")
