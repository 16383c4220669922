"""Time signatures: "7/8", "in 5", "six eight", "waltz time"."""

import re
from dataclasses import replace

from backend.pipeline.artifacts import Metre
from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Wishes
from backend.pipeline.theory.metre import GROUPINGS

_FRACTION = re.compile(
    r"(?<![\d/.-])([2-9]|1[0-7]) ?/ ?(2|4|8|16)\b(?![/\d]|\.\d| (?:of|cup|inch|the way))"
)
_SPOKEN = re.compile(
    r"(?<![\d/.:])\b([2-9]|1[0-7])[ -](?:(4|8)(?:ths?)?|(quarters?|eighths?))\b"
    r"(?! (?:bars?|beats?|bits?|minutes?|seconds?|bpm|notes?)\b)(?![\d:/])"
)
_IN_BEATS = re.compile(
    r"\b(?:in|counted in|felt in) ([3-9]|12)(?=\s*(?:$|[,;.\n)]| (?:time|and with|with)\b))"
)
_NAMED = (
    (Metre(3, 4), re.compile(r"\bwaltz(?:es|ing)?\b|\bvalse\b|\bwaltz time\b|\btriple metre\b")),
    (Metre(3, 4), re.compile(r"\b1,? 2,? 3,? (?:and )?1,? 2,? 3\b|\boom-?pah-?pah\b")),
    (Metre(4, 4), re.compile(r"\bcommon time\b|\bfour on the floor\b|\b4[ -]on[ -]the[ -]floor\b")),
    (Metre(2, 2), re.compile(r"\bcut time\b|\balla breve\b")),
)
_GROUPED = re.compile(r"(?<![\d/+.-])[23](?: ?\+ ?[23]){1,3}(?![\d/+]|\.\d)")
_LAW = (Metre(3, 4), Metre(2, 2))
_DENOMINATOR = {3: 4, 4: 4, 5: 4, 6: 8, 7: 8, 8: 8, 9: 8, 12: 8}


def read_metre(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``metre``."""
    metre = _written(reading) or _in_beats(reading) or _named(reading)
    return replace(wishes, metre=metre and _grouped(reading, metre))


def _grouped(reading: Reading, metre: Metre) -> Metre:
    """Read how the beats of the metre gather: "7/8 as 3+2+2"."""
    for match in reading.find(_GROUPED):
        groups = tuple(int(size) for size in match.group().split("+"))
        if sum(groups) == metre.numerator and metre.numerator in GROUPINGS:
            reading.claim("metre", match.span(), f"{metre} as {'+'.join(map(str, groups))}")
            return replace(metre, grouping=groups)
    return metre


def _written(reading: Reading) -> Metre | None:
    found: list[Metre] = []
    for pattern in (_FRACTION, _SPOKEN):
        for match in reading.find(pattern):
            if reading.negates(match.start()) or not _is_metre(reading, match):
                continue
            numerator, *rest = (group for group in match.groups() if group)
            words = {"q": 4, "e": 8}
            denominator = words.get(rest[0][0]) or int(rest[0])
            found.append(Metre(int(numerator), denominator))
            reading.claim("metre", match.span(), str(found[-1]))
    if len(set(found)) > 1:
        reading.notes.append(f"Several metres were named; the song is in {found[0]} throughout.")
    return found[0] if found else None


def _is_metre(reading: Reading, match: re.Match[str]) -> bool:
    """Written as a fraction, or said in words ("six eight"); "6 8" in digits is something else."""
    return match.re is _FRACTION or not any(
        character.isdigit() for character in reading.typed(*match.span()).split()[0]
    )


def _in_beats(reading: Reading) -> Metre | None:
    match = reading.wanted(_IN_BEATS)
    if match is None:
        return None
    beats = int(match.group(1))
    metre = Metre(beats, _DENOMINATOR[beats])
    reading.claim("metre", match.span(), str(metre))
    return metre


def _named(reading: Reading) -> Metre | None:
    for metre, pattern in _NAMED:
        match = reading.wanted(pattern)
        if match is not None and (metre in _LAW or "time" in match.group()):
            reading.cite("metre", match.span(), str(metre))
            return metre
    return None
