"""The time a song should sound like ("90s", "1976", "baroque"), and how loud it should be."""

import re
from dataclasses import replace

from backend.pipeline.planning.understanding.reading import Reading
from backend.pipeline.planning.understanding.wishes import Wishes

_YEAR = re.compile(
    r"(?<![\d.:/-])((?:19|20)\d)\d(?:'?s)?\b(?! ?(?:bpm|seconds|bars|people|miles|km|%))"
)
_DECADE = re.compile(r"(?<![\d.])'?([1-9])0'?s\b")
_WORDS = {
    "twenties": 192, "thirties": 193, "forties": 194, "fifties": 195, "sixties": 196,
    "seventies": 197, "eighties": 198, "nineties": 199, "noughties": 200, "y2k": 200,
}  # fmt: skip
_IN_WORDS = re.compile(r"\b(" + "|".join(_WORDS) + r")\b")
_PERIOD = re.compile(r"\b(baroque|medieval|renaissance|victorian|prehistoric)\b")
_LUFS = re.compile(r"(-? ?\d{1,2}(?:\.\d+)?) ?lufs\b")
_LOUDNESS = re.compile(
    r"\b(?:make|keep|mix|master) it (?:very |really )?(loud|quiet)\b|\b(loud|quiet) (?:master"
    r"|mix)(?:ing)?\b"
)


def read_era(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``era``."""
    for pattern in (_YEAR, _DECADE, _IN_WORDS, _PERIOD):
        match = reading.wanted(pattern)
        if match is None:
            continue
        era = _era(match)
        reading.cite("era", match.span(), era)
        return replace(wishes, era=era)
    return wishes


def _era(match: re.Match[str]) -> str:
    said = match.group(1)
    if match.re is _PERIOD:
        return said
    if match.re is _IN_WORDS:
        return f"{_WORDS[said]}0s"
    if match.re is _YEAR:
        return f"{said}0s"
    return f"{'19' if int(said) > 2 else '20'}{said}0s"


def read_loudness(reading: Reading, wishes: Wishes) -> Wishes:
    """Fill ``loudness``."""
    target = reading.wanted(_LUFS)
    if target is not None:
        level = -abs(float(target.group(1).replace(" ", "")))
        reading.claim("loudness", target.span(), f"{level:g} LUFS")
        return replace(wishes, loudness=f"{level:g} LUFS")
    match = reading.wanted(_LOUDNESS)
    if match is None:
        return wishes
    loudness = match.group(1) or match.group(2)
    reading.cite("loudness", match.span(), loudness)
    return replace(wishes, loudness=loudness)
