"""Names and registers of pitches."""

import re

LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
"""Pitch class of each natural note."""

FIFTHS = {
    "Cb": -7, "Gb": -6, "Db": -5, "Ab": -4, "Eb": -3, "Bb": -2, "F": -1, "C": 0,
    "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F#": 6, "C#": 7, "G#": 8, "D#": 9, "A#": 10,
}  # fmt: skip
"""Accidentals of the major key on each tonic: sharps positive, flats negative; G#, D# and A# are
written in minor modes only."""

SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

_NAME = re.compile(r"^([A-Ga-g])(#{1,2}|b{1,2}|♯|♭)?$")


def pitch_class(name: str) -> int:
    """Return the pitch class (0 to 11) of a note name such as "F#", "Bb" or "E♭".

    Raises
    ------
    ValueError
        If the name is not a note.
    """
    match = _NAME.match(name.strip())
    if match is None:
        raise ValueError(f"{name!r} is not a note name")
    letter, accidental = match[1].upper(), (match[2] or "").replace("♯", "#").replace("♭", "b")
    return (LETTERS[letter] + accidental.count("#") - accidental.count("b")) % 12


def spelled(pitch_class: int, *, flats: bool) -> str:
    """Return a note name for a pitch class, with flats or sharps."""
    return (FLAT_NAMES if flats else SHARP_NAMES)[pitch_class % 12]


def nearest(pitch_class: int, centre: float) -> int:
    """Return the MIDI pitch of a class that lies nearest to ``centre``."""
    return round((centre - pitch_class) / 12) * 12 + pitch_class


def into_range(pitch: int, low: int, high: int) -> int:
    """Move a pitch by octaves into ``low`` to ``high`` (a span of at least an octave)."""
    while pitch < low:
        pitch += 12
    while pitch > high:
        pitch -= 12
    return pitch
