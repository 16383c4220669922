"""Numbers in words become digits: "one hundred and twenty" → "120", "two and a half" → "2.5"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from backend.pipeline.planning.understanding.mapped_text import Edit

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
}
NUMBER_WORDS = frozenset({*_UNITS, *_TENS, "hundred"})

_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_RUN = re.compile(rf"\b(?:a (?=hundred))?(?:{_WORD})\b(?:[ -]+(?:and +)?(?:{_WORD})\b)*", re.I)
_HALF = re.compile(r"\b(\d+) and a half\b", re.I)


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
