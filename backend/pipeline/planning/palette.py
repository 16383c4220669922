"""Which instruments a synthesiser plays instead of the sound bank, and what it is called then."""

from backend.pipeline.artifacts import Role
from backend.pipeline.styles.model import Seat

VOICE_NAMES = {
    "supersaw": "Supersaw", "saw_lead": "Saw lead", "square_lead": "Square lead",
    "synth_brass": "Synth brass", "stab": "Synth stab", "pluck": "Synth pluck",
    "pad": "Synth pad", "warm_pad": "Warm pad", "glass_pad": "Glass pad",
    "string_machine": "String machine", "choir_pad": "Synth choir",
    "drone": "Drone", "sub_bass": "Sub bass", "bass_808": "808 bass", "saw_bass": "Synth bass",
    "pluck_bass": "Synth bass", "reese_bass": "Reese bass", "acid_bass": "Acid bass",
    "wobble_bass": "Wobble bass", "fm_bass": "FM bass", "chip": "Pulse wave",
    "chip_square": "Square wave", "chip_triangle": "Triangle wave", "fm_keys": "FM piano",
    "fm_bell": "FM bell", "fm_pluck": "FM pluck", "noise_fx": "Risers and impacts",
    "vinyl": "Record noise", "room": "Room tone", "kit_808": "808 drums", "kit_909": "909 drums",
    "kit_techno": "Techno drums", "kit_trap": "Trap drums", "kit_lofi": "Sampled drums",
    "kit_break": "Breakbeat drums", "kit_synthwave": "Gated drums", "kit_chip": "Noise drums",
}  # fmt: skip
"""How each voice is shown to the user."""

SYNTHESISERS = {
    38: "saw_bass", 39: "pluck_bass", 50: "string_machine", 51: "string_machine",
    54: "choir_pad", 62: "synth_brass", 63: "synth_brass", 80: "square_lead", 81: "saw_lead",
    87: "saw_lead", 88: "glass_pad", 89: "warm_pad", 90: "pad", 91: "choir_pad",
    94: "glass_pad", 95: "pad", 98: "fm_bell",
}  # fmt: skip
"""General MIDI programs that are synthesisers themselves: no samples of one where one can play."""


def program_of(asked: tuple[int, ...], seat: Seat) -> int:
    """Return what somebody who was asked for by name plays in a seat.

    That is a program of the style where one fits. No synthesiser stands in for strings or brass
    that were asked for; a bass may be whatever the style calls one.

    Parameters
    ----------
    asked : tuple of int
        Programs that the name may mean, best first.
    seat : Seat
        The seat to take.
    """
    is_machine = asked[0] in SYNTHESISERS
    fitting = (
        program
        for program in asked
        if seat.role is Role.BASS or (program in SYNTHESISERS) == is_machine
    )
    return next((program for program in fitting if program in seat.programs), asked[0])


def voice_of(seat: Seat, *, is_wish: bool) -> str:
    """Return what plays a seat: the style's own voice, a synthesiser, or "soundfont".

    Parameters
    ----------
    seat : Seat
        With its one program.
    is_wish : bool
        Whether the user named the instrument; then it is that one, not the style's substitute.
    """
    own = seat.voices.get(seat.programs[0], seat.voice)
    if own != "soundfont" and not is_wish:
        return own
    return SYNTHESISERS.get(seat.programs[0], "soundfont")
