"""Where a melody lies: range, middle and scale of a section."""

from backend.pipeline.artifacts import Key, SectionPlan, SongPlan
from backend.pipeline.generation.pitches import Gamut
from backend.pipeline.styles import Style, style
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.scales import COLOUR_SCALES, MODES, is_minor, scale_classes

USUAL_CENTRE = 67
"""Middle of a melody, G4, where most voices and instruments are at ease."""

LIFT = {"peak": 3, "lift": 1, "contrast": 1, "body": -1, "rest": -2, "frame": 0}
"""Semitones that a family of sections lies above the usual centre."""

STRICTNESS = {"jazz_swing": 0.55, "bossa_nova": 0.6, "blues": 0.7, "funk": 0.75, "rnb_soul": 0.8,
              "lofi_hip_hop": 0.75, "ambient": 0.8, "metal": 0.9}  # fmt: skip


def song_centre(plan: SongPlan) -> int:
    """Return the middle of the whole melody, where the lead instrument sounds well."""
    lead = next((track for track in plan.tracks if track.role.value == "lead"), None)
    if lead is None:
        return USUAL_CENTRE
    instrument = INSTRUMENTS[lead.program]
    low, high = instrument.low + 9, instrument.high - 11
    return max(low, min(high, USUAL_CENTRE)) if low <= high else (low + high) // 2


def gamut(plan: SongPlan, section: SectionPlan, *, solo: bool = False) -> tuple[Gamut, float]:
    """Return the pitches a section's melody may use, and its middle."""
    genre = style(plan.genre)
    lead = next((track for track in plan.tracks if track.role.value == "lead"), None)
    centre = song_centre(plan) + LIFT[family(section.name)] + 2 * (section.energy - 0.5)
    reach = genre.melody.range / 2 + (3 if solo else 0.5)
    low, high = round(centre - reach), round(centre + reach)
    if lead is not None:
        instrument = INSTRUMENTS[lead.program]
        low = max(low, instrument.low)
        high = min(max(high, low + 9), instrument.high)
        low = min(low, high - 9)
    key = section.key
    return (
        Gamut(
            low, high, frozenset(_scale(genre, key)), frozenset(_favoured(genre, key)), key.tonic,
            STRICTNESS.get(genre.id.split("+")[-1], 1.0),
        ),
        centre,
    )  # fmt: skip


def _scale(genre: Style, key: Key) -> set[int]:
    scale = set(scale_classes(key))
    if genre.melody.scale == "blues":
        if key.mode == "major":
            scale = {(key.tonic + step) % 12 for step in MODES["mixolydian"]}
        scale |= {(key.tonic + step) % 12 for step in COLOUR_SCALES["blues"]}
    return scale


def _favoured(genre: Style, key: Key) -> set[int]:
    """Return the tones that the style's melodies prefer within the scale."""
    if genre.melody.scale == "blues":
        steps = COLOUR_SCALES["blues" if is_minor(key) else "major blues"]
    elif genre.melody.scale == "pentatonic":
        steps = COLOUR_SCALES["minor pentatonic" if is_minor(key) else "major pentatonic"]
    else:
        steps = MODES[key.mode]
    fitting = {(key.tonic + step) % 12 for step in steps}
    return fitting if genre.melody.scale == "blues" else fitting & set(scale_classes(key))
