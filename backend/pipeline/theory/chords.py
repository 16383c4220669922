"""Chords from roman numerals and from symbols.

Degrees are counted against the major scale of the tonic, so that minor keys write i bIII iv v bVI
bVII; ``X/Y`` is an applied dominant, ``^1`` and ``^2`` are inversions.
"""

import re
from dataclasses import dataclass

from backend.pipeline.artifacts import Chord, Key
from backend.pipeline.theory.pitch import pitch_class, spelled
from backend.pipeline.theory.scales import MODES, prefers_flats

QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "m": (0, 3, 7), "dim": (0, 3, 6), "aug": (0, 4, 8), "5": (0, 7),
    "sus2": (0, 2, 7), "sus4": (0, 5, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9),
    "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "m7b5": (0, 3, 6, 10),
    "dim7": (0, 3, 6, 9), "mmaj7": (0, 3, 7, 11), "7sus4": (0, 5, 7, 10), "add9": (0, 4, 7, 2),
    "madd9": (0, 3, 7, 2), "9": (0, 4, 7, 10, 2), "maj9": (0, 4, 7, 11, 2),
    "m9": (0, 3, 7, 10, 2), "7b9": (0, 4, 7, 10, 1), "7#9": (0, 4, 7, 10, 3),
    "11": (0, 7, 10, 2, 5), "m11": (0, 3, 7, 10, 5), "13": (0, 4, 7, 10, 2, 9),
    "6/9": (0, 4, 7, 9, 2), "7#5": (0, 4, 8, 10), "7b5": (0, 4, 6, 10), "maj7#11": (0, 4, 7, 11, 6),
}  # fmt: skip
"""Semitones above the root of every chord quality the product writes."""

_SPELLINGS = {
    "M": "", "maj": "", "major": "", "min": "m", "minor": "m", "-": "m", "o": "dim", "°": "dim",
    "+": "aug", "ø": "m7b5", "ø7": "m7b5", "o7": "dim7", "°7": "dim7", "M7": "maj7", "Δ": "maj7",
    "Δ7": "maj7", "Maj7": "maj7", "min7": "m7", "-7": "m7", "mM7": "mmaj7", "mMaj7": "mmaj7",
    "sus": "sus4", "2": "sus2", "dom7": "7", "M9": "maj9", "min9": "m9", "69": "6/9",
    "aug7": "7#5", "+7": "7#5", "m7-5": "m7b5", "min6": "m6", "9sus4": "11", "7sus": "7sus4",
}  # fmt: skip

ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII")

_ROMAN = re.compile(
    r"^([b#♭♯]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)([^/^]*)(?:\^([12]))?(?:/(.+))?$"
)
_SYMBOL = re.compile(r"^([A-G](?:#|b|♯|♭)?)([^/]*|6/9)(?:/([A-G](?:#|b|♯|♭)?))?$")


@dataclass(frozen=True, slots=True)
class Shape:
    """A chord without a place in time.

    Parameters
    ----------
    root, bass : int
        Pitch classes.
    quality : str
        One of ``QUALITIES``.
    roman : str
        Its function, when known.
    """

    root: int
    quality: str
    bass: int
    roman: str = ""

    @property
    def tones(self) -> tuple[int, ...]:
        """Pitch classes, root first."""
        return tuple((self.root + step) % 12 for step in QUALITIES[self.quality])

    def symbol(self, *, flats: bool) -> str:
        """Return the chord as a musician writes it."""
        bass = "" if self.bass == self.root else "/" + spelled(self.bass, flats=flats)
        return spelled(self.root, flats=flats) + self.quality + bass

    def placed(self, start_beat: float, duration_beats: float, key: Key) -> Chord:
        """Return the chord at its place in the song, spelled for ``key``."""
        return Chord(
            symbol=self.symbol(flats=prefers_flats(key)), root=self.root, tones=self.tones,
            bass=self.bass, start_beat=start_beat, duration_beats=duration_beats, roman=self.roman,
        )  # fmt: skip


def quality_named(text: str) -> str:
    """Return the canonical quality of what was written after the root.

    Raises
    ------
    ValueError
        If no such quality is known.
    """
    text = text.strip().replace("(", "").replace(")", "")
    quality = text if text in QUALITIES else _SPELLINGS.get(text)
    if quality is None:
        raise ValueError(f"'{text}' is not a chord quality")
    return quality


def symbol_shape(text: str) -> Shape:
    """Read a chord symbol such as "Am7", "F#m7b5", "C/G" or "Bbmaj7".

    Raises
    ------
    ValueError
        If it is not one.
    """
    match = _SYMBOL.match(text.strip())
    if match is None:
        raise ValueError(f"'{text[:20]}' is not a chord")
    root = pitch_class(match[1])
    return Shape(root, quality_named(match[2]), pitch_class(match[3]) if match[3] else root)


def roman_shape(token: str, key: Key) -> Shape:
    """Read a roman numeral in a key: "bVII", "ii7", "V7/V", "I^1".

    Raises
    ------
    ValueError
        If it is not one.
    """
    match = _ROMAN.match(token.strip())
    if match is None:
        raise ValueError(f"'{token[:20]}' is not a roman numeral")
    accidental, numeral, suffix, inversion, target = match.groups()
    home = 0 if target is None else _degree(target)
    root = (key.tonic + home + _offset(accidental) + _major_step(numeral)) % 12
    quality = _roman_quality(numeral, suffix)
    tones = QUALITIES[quality]
    bass = (root + tones[int(inversion)]) % 12 if inversion else root
    return Shape(root, quality, bass, token)


def _degree(token: str) -> int:
    match = _ROMAN.match(token)
    if match is None:
        raise ValueError(f"'{token[:20]}' is not a roman numeral")
    return (_offset(match[1]) + _major_step(match[2])) % 12


def _offset(accidental: str) -> int:
    return {"": 0, "b": -1, "♭": -1, "#": 1, "♯": 1}[accidental]


def _major_step(numeral: str) -> int:
    return MODES["major"][ROMANS.index(numeral.upper())]


def _roman_quality(numeral: str, suffix: str) -> str:
    """Lower case is minor; a suffix that says so itself (m6, ø7, o7) is taken as written."""
    if numeral.isupper():
        return quality_named(suffix)
    for candidate in ("m" + suffix, suffix):
        try:
            return quality_named(candidate)
        except ValueError:
            continue
    raise ValueError(f"'{suffix}' is not a chord quality")


def diatonic_shape(degree: int, key: Key, *, seventh: bool = False) -> Shape:
    """Return the chord that the scale of ``key`` builds on a degree (0 to 6)."""
    scale = MODES[key.mode]
    steps = tuple(
        (scale[(degree + third) % 7] - scale[degree]) % 12
        for third in ((0, 2, 4, 6) if seventh else (0, 2, 4))
    )
    quality = next(name for name, tones in QUALITIES.items() if tones == steps)
    root = (key.tonic + scale[degree]) % 12
    difference = scale[degree] - MODES["major"][degree]
    numeral = ROMANS[degree] if steps[1] == 4 else ROMANS[degree].lower()
    suffix = quality.removeprefix("m") if quality[:1] == "m" and steps[1] == 3 else quality
    roman = (
        {-1: "b", 0: "", 1: "#"}[difference]
        + numeral
        + {"dim": "o", "7b5": "ø7"}.get(suffix, suffix)
    )
    return Shape(root, quality, root, roman)


def recast(token: str, key: Key) -> Shape:
    """Return the chord on the same degree as ``token``, made of the scale of ``key``.

    Turns a progression written for one mode into another mode: I–V–vi–IV in D minor is i–v–bVI–iv.
    """
    match = _ROMAN.match(token.strip())
    if match is None:
        raise ValueError(f"'{token[:20]}' is not a roman numeral")
    numeral = match[5] or match[2]
    numeral_match = _ROMAN.match(numeral)
    degree = ROMANS.index((numeral_match[2] if numeral_match else match[2]).upper())
    return diatonic_shape(degree, key, seventh="7" in match[3] or "9" in match[3])
