"""Numbers in words become digits: "one hundred and twenty" → "120", "two and a half" → "2.5"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from backend.pipeline.planning.understanding.mapped_text import Edit

_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
NUMBER_WORDS = frozenset({*_UNITS, *_TENS, "hundred"})

_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_RUN = re.compile(
    rf"\b(?:a (?=hundred))?(?:{_WORD})\b(?:[ -]+(?:and +)?(?:{_WORD})\b)*", re.IGNORECASE
)
_HALF = re.compile(r"\b(\d+) (?:and a half|(?:and )?1/2)\b", re.IGNORECASE)


def number_edits(text: str) -> Iterator[Edit]:
    """Yield the runs of number words as digits; a counted row ("one two three") stays a row."""
    for run in _RUN.finditer(text):
        words = [w for w in re.split(r"[ -]+", run.group().lower()) if w not in {"and", "a"}]
        yield run.start(), run.end(), " ".join(str(number) for number in _numbers(words))


def half_edits(text: str) -> Iterator[Edit]:
    """Yield "2 and a half" as "2.5"."""
    for match in _HALF.finditer(text):
        yield match.start(), match.end(), f"{match.group(1)}.5"


def _numbers(words: list[str]) -> list[int]:
    """Values of the words, merged where English merges them ("one hundred" "twenty" "two")."""
    values: list[int] = []
    for previous, word in pairwise(["", *words]):
        value = _UNITS.get(word, _TENS.get(word, 100))
        if word == "hundred":
            values = [*values[:-1], (values[-1] if values else 1) * 100]
        elif values and _merges(values[-1], previous, value):
            values[-1] = values[-1] * 100 + value if values[-1] < 10 else values[-1] + value
        else:
            values.append(value)
    return values


def _merges(so_far: int, previous: str, value: int) -> bool:
    """Whether "twenty" + 2, "hundred" + 74 or the spoken "one" + 20 (120) make one number."""
    if previous in _TENS:
        return 0 < value < 10
    if so_far >= 100:
        return so_far % 100 == 0 and value < 100
    return so_far in {1, 2} and previous in _UNITS and value >= 20
