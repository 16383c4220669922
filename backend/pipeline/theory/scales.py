"""Keys, modes and their scales."""

import re

from backend.pipeline.artifacts import Key
from backend.pipeline.theory.pitch import FIFTHS, FLAT_NAMES, SHARP_NAMES, pitch_class

MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
}
"""Semitones above the tonic."""

MODE_FIFTHS = {
    "lydian": 1, "major": 0, "mixolydian": -1, "dorian": -2, "minor": -3, "phrygian": -4,
    "locrian": -5,
}  # fmt: skip
"""Accidentals of a mode against the major key on the same tonic."""

COLOUR_SCALES = {
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "major blues": (0, 2, 3, 4, 7, 9),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
}
"""Scales that melodies of some styles prefer; not modes of a key."""

MODE_WORDS = {
    "": "major", "maj": "major", "major": "major", "ionian": "major", "dur": "major", "m": "minor",
    "min": "minor", "minor": "minor", "aeolian": "minor", "moll": "minor", "dorian": "dorian",
    "phrygian": "phrygian", "lydian": "lydian", "mixolydian": "mixolydian", "locrian": "locrian",
}  # fmt: skip
"""How people write modes."""

ACCEPTED_KEYS = "a tonic and a mode, such as 'A minor', 'F# major', 'Bb' or 'D dorian'"

_KEY = re.compile(r"^([A-Ga-g])[\s-]?(sharp|flat|#|b|♯|♭)?[\s-]*([A-Za-z]*)$")


def scale_classes(key: Key) -> tuple[int, ...]:
    """Return the seven pitch classes of a key, tonic first."""
    return tuple((key.tonic + step) % 12 for step in MODES[key.mode])


def is_minor(key: Key) -> bool:
    """Whether the third above the tonic is minor."""
    return 3 in MODES[key.mode]


def key_on(tonic: int, mode: str, spelling: str | None = None) -> Key:
    """Return the key on a pitch class, written with the fewest accidentals.

    Parameters
    ----------
    tonic : int
        Pitch class.
    mode : str
        One of ``MODES``.
    spelling : str, optional
        Preferred spelling of the tonic, kept when its key signature exists.
    """
    names = dict.fromkeys(filter(None, (spelling, FLAT_NAMES[tonic], SHARP_NAMES[tonic], "Cb")))
    fitting = [
        name
        for name in names
        if name in FIFTHS and pitch_class(name) == tonic and abs(_fifths(name, mode)) <= 7
    ]
    if spelling in fitting:
        return Key(tonic, mode, spelling)
    return Key(tonic, mode, min(fitting, key=lambda name: abs(_fifths(name, mode))))


def parse_key(text: str) -> Key:
    """Read a key as people write it: "A minor", "F#m", "b flat major", "D dorian".

    Raises
    ------
    ValueError
        If the text is not a key; the message says what is.
    """
    match = _KEY.match(text.strip())
    mode = None
    if match is not None:
        word = match[3]
        mode = "major" if word == "M" else MODE_WORDS.get(word.lower())
    if match is None or mode is None:
        raise ValueError(f"'{text.strip()[:40]}' is not a key; write {ACCEPTED_KEYS}.")
    accidental = {"sharp": "#", "♯": "#", "flat": "b", "♭": "b"}.get(match[2] or "", match[2] or "")
    name = match[1].upper() + accidental
    return key_on(pitch_class(name), mode, name)


def transposed(key: Key, semitones: int) -> Key:
    """Return the key of the same mode some semitones away."""
    return key_on((key.tonic + semitones) % 12, key.mode)


def _fifths(spelling: str, mode: str) -> int:
    return FIFTHS[spelling] + MODE_FIFTHS[mode]


def key_signature(key: Key) -> int:
    """Return the accidentals of the key: sharps positive, flats negative, within ±7."""
    return max(-7, min(7, _fifths(key.spelling, key.mode)))


def prefers_flats(key: Key) -> bool:
    """Whether notes outside the scale are better written with flats."""
    fifths = key_signature(key)
    return fifths < 0 or (fifths == 0 and is_minor(key))


def relative_key(key: Key) -> Key:
    """Return the major or minor key that has the same key signature.

    Modes with a minor third become the minor key, the others the major key, as notation and MIDI
    know only these two.
    """
    mode = "minor" if is_minor(key) else "major"
    semitones = 7 * (MODE_FIFTHS[key.mode] - MODE_FIFTHS[mode])
    return key if key.mode == mode else key_on((key.tonic + semitones) % 12, mode)
