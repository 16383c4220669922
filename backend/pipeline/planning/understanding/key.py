"""Keys: "A minor", "in F#", "key of B flat", "D dorian", "c-Moll", "in a minor key".

"a minor disagreement" and "a C major label" are no keys: a lower-case *a* needs a place where only
a key can stand, and a noun that "major" or "minor" usually describes takes the words away.
"""

import re
from dataclasses import dataclass, replace

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Wishes

_LETTER_CLASSES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
MODES = {
    "major": "major", "maj": "major", "dur": "major", "ionian": "major", "minor": "minor",
    "min": "minor", "m": "minor", "moll": "minor", "aeolian": "minor", "dorian": "dorian",
    "phrygian": "phrygian", "lydian": "lydian", "mixolydian": "mixolydian", "locrian": "locrian",
}  # fmt: skip

_ACCIDENTAL = r"(?P<accidental>#|b|[ -]?sharp|[ -]?flat|is|es)?"
_LONG_MODE = (
    r"(?P<mode>(?:natural |harmonic |melodic )?minor|major|maj|min|dur|moll|dorian|phrygian|lydian"
    r"|mixolydian|locrian|aeolian|ionian)"
)
_LONG = re.compile(
    rf"\b(?P<letter>[A-Ha-h]){_ACCIDENTAL}(?:[ -]|(?<=[#b])|(?=m)){_LONG_MODE}\b(?! ?\d)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?<![\w#/])(?P<letter>[A-G])(?P<accidental>#|b)?(?P<mode>m)(?![\w#/'])(?! I\b)"
)
_TONIC = re.compile(
    rf"(?:\bkey\s*(?:of|is|=|:|in)*\s*|\b(?:in|to) )(?P<letter>[A-Ga-g]){_ACCIDENTAL}(?![\w#&'/])"
    r"(?= ?(?:$|[^\w ]|(?:with|at|about|for|by|over|and|using|on|then|please|which|that|blues|is"
    r"|from|full)\b))",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:^|[,;/\n\x00]\s*)(?P<letter>[A-G])(?P<accidental>#|b|[ -]flat|[ -]sharp)(?=\s*(?:$"
    r"|[,;/\n.\x00]))"
)
_LETTER_ALONE = re.compile(r"(?:[,;]\s*|\x00\.\s+)(?P<letter>[B-G])(?=\s*(?:$|[,;.]))")
"""A letter between commas, or a sentence of its own behind another facet; A is an article."""
_AFTER_MODE = re.compile(
    rf"\b(?P<mode>dorian|phrygian|lydian|mixolydian|locrian|aeolian|ionian|major|minor) (?:mode )?"
    rf"(?:on|in|of) (?P<letter>[A-G]){_ACCIDENTAL}(?![\w#'])",
)
_SOLFEGE = re.compile(
    r"\b(?P<note>do|re|mi|fa|sol|la|si) ?(?P<sign>#|b|sostenido|bemol|diese|sharp|flat|kreuz)?[ -]"
    r"(?P<mode>major|minor|mayor|menor|majeur|mineur|maggiore|minore)\b"
)
_NOTES = {"do": "C", "re": "D", "mi": "E", "fa": "F", "sol": "G", "la": "A", "si": "B"}
_MODE_ONLY = (
    re.compile(r"(?:^|[,;/\n])\s*(?P<mode>major|minor)(?=\s*(?:$|[,;/\n.]))"),
    re.compile(
        r"\b(?P<mode>major|minor) (?:key|scale|mode|tonality|sounding|chords?|harmony|blues)\b"
    ),
    re.compile(r"\bin (?:a )?(?P<mode>major|minor)\b(?=\s*(?:$|[,;.\n]))"),
    re.compile(r"\b(?P<mode>dorian|phrygian|lydian|mixolydian|locrian|aeolian|ionian)\b"),
)
_ORDINARY_NOUN = re.compile(
    r"[ -](?:labels?|league|victory|disagreement|problems?|issues?|setback|event|key|role|mistake"
    r"|detail|inconvenience|miracle|deal|crush|crisis|accident|success|breakthrough|character"
    r"|sound)\b"
)
_KEY_BEFORE = re.compile(r"(?:\bin|\bkey(?: of| is)?|key ?[:=]|\bbpm|\d|[,;:/|(\x00]|^)\s*$")
_KEY_AFTER = re.compile(r"\s*(?:$|[,;.:/|)(\x00\n]|(?:with|at|for|by|over|about|and)\b|\d)")
_GERMAN = re.compile(r"^(?:dur|moll)$")


@dataclass(frozen=True, slots=True)
class _Found:
    span: tuple[int, int]
    tonic: int
    spelling: str
    mode: str | None


def pitch_class(spelling: str) -> int:
    """Pitch class of a note name such as "Bb" or "F#"."""
    return (_LETTER_CLASSES[spelling[0]] + spelling.count("#") - spelling[1:].count("b")) % 12


def read_key(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``tonic``, ``spelling`` and ``mode``."""
    found = [_key(m) for m in reading.find(_LONG, cased=True) if _is_long_key(reading, m)]
    found = found or [
        _key(m) for m in reading.find(_SHORT, cased=True) if _is_short_key(reading, m)
    ]
    found = found or [_key(m) for m in reading.find(_TONIC, cased=True) if _is_tonic(reading, m)]
    found = found or [_key(m) for m in reading.find(_AFTER_MODE, cased=True)]
    found = found or [_solfege(m) for m in reading.find(_SOLFEGE)]
    found = found or [_key(m) for m in reading.find(_ALONE, cased=True)]
    found = found or _lone_letter(reading)
    if not found:
        return replace(wishes, mode=_mode_only(reading))
    first, *others = sorted(found, key=lambda key: key.span)
    for key in (first, *others):
        reading.claim("key", key.span, f"{key.spelling} {key.mode or ''}".rstrip())
    mode = first.mode or _mode_only(reading)
    if any((other.tonic, other.mode) != (first.tonic, first.mode) for other in others):
        reading.notes.append(
            f"Several keys were named; the song starts in {first.spelling} {mode or ''}".rstrip()
            + "."
        )
    return replace(wishes, tonic=first.tonic, spelling=first.spelling, mode=mode)


def _key(match: re.Match[str]) -> _Found:
    named = (match.groupdict().get("mode") or "").lower()
    letter = match["letter"].upper()
    accidental = (match["accidental"] or "").lower().strip(" -")
    accidental = {"sharp": "#", "is": "#", "flat": "b", "es": "b"}.get(accidental, accidental)
    if letter == "H" or (letter == "B" and not accidental and _GERMAN.match(named)):
        letter, accidental = "B", "" if letter == "H" else "b"
    spelling = letter + accidental
    mode = MODES[named.split()[-1]] if named else None
    return _Found(match.span(), pitch_class(spelling), spelling, mode)


def _solfege(match: re.Match[str]) -> _Found:
    """Read a key in the syllables of the Romance languages: "la minor", "si bemol mayor"."""
    sign = {"#": "#", "sostenido": "#", "diese": "#", "sharp": "#", None: ""}.get(
        match["sign"], "b"
    )
    spelling = _NOTES[match["note"]] + sign
    mode = "minor" if match["mode"][:3] in {"min", "men"} else "major"
    return _Found(match.span(), pitch_class(spelling), spelling, mode)


def _lone_letter(reading: Reading) -> list[_Found]:
    """Return a single letter between commas; several are a list of something else."""
    letters = list(reading.find(_LETTER_ALONE, cased=True))
    if len(letters) != 1:
        return []
    match = letters[0]
    return [_Found(match.span("letter"), pitch_class(match["letter"]), match["letter"], None)]


def _is_long_key(reading: Reading, match: re.Match[str]) -> bool:
    letter, text = match["letter"], reading.text
    german = _GERMAN.match(match["mode"].lower()) is not None
    if letter in "Hh" and not german:
        return False
    if match["accidental"] in {"is", "es"} and not german:
        return False
    if _ORDINARY_NOUN.match(text, match.end()) or reading.negates(match.start()):
        return False
    if match["accidental"] or letter not in "aA":
        return True
    before = _KEY_BEFORE.search(text, 0, match.start()) is not None
    after = _KEY_AFTER.match(text, match.end()) is not None
    if letter == "A":
        return before or after or match.start() > 0
    names = text[: match.start()].split()[-1:] or [""]
    return before and (after or "key" in names[0] or names[0] == "in")


def _is_short_key(reading: Reading, match: re.Match[str]) -> bool:
    text = reading.text
    if reading.negates(match.start()):
        return False
    if match["accidental"]:
        return True
    before = _KEY_BEFORE.search(text, 0, match.start()) is not None
    after = re.compile(r"\s*(?:$|[,;.:/|)\x00\n])").match(text, match.end()) is not None
    return before and (after or match.start() > 0)


def _is_tonic(reading: Reading, match: re.Match[str]) -> bool:
    said_key = match.group().lower().startswith("key")
    if reading.negates(match.start()):
        return False
    return said_key or match["letter"].isupper() or match["accidental"] is not None


def _mode_only(reading: Reading) -> str | None:
    for pattern in _MODE_ONLY:
        match = reading.wanted(pattern)
        if match is not None:
            mode = MODES[match["mode"]]
            reading.cite("key", match.span(), mode)
            return mode
    return None
