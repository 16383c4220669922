"""Phrases of a sentence that could be the name of a song."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from backend.pipeline.planning.titles.vocabulary import (
    BRIDGES,
    CLAUSES,
    CRAFT,
    LIKE_ADVERBS,
    OTHERS,
    PLACING,
    SCENES,
)
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.instruments import NAMED

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)|(?P<skipped>\d+(?:st|nd|rd|th)\b|\s+)|."
)
MOST_WORDS = 6
"""More are no longer a title."""
_MOST_TELLING = 4
"""Words of a picture that are not its hinges."""
_MOST_HINGES = 2


class Kind(Enum):
    """What a word can be in a title."""

    TELLING = "telling"
    BRIDGE = "bridge"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed, and what it can be."""

    text: str
    kind: Kind


Phrase = tuple[Word, ...]


def theme_words(theme: str) -> Phrase:
    """Return the words of what a song is about: all of them tell of it."""
    return _words(theme, frozenset(), CLAUSES)


def prompt_words(prompt: str, musical: frozenset[int]) -> Phrase:
    """Return the words of a prompt; what speaks of the music ends a phrase.

    Parameters
    ----------
    prompt : str
        What the user wrote.
    musical : frozenset of int
        Indices of characters that were understood as a wish for the music.
    """
    return _words(prompt, musical, _silent())


def _words(text: str, musical: frozenset[int], silent: frozenset[str]) -> Phrase:
    found = []
    for match in _TOKEN.finditer(text):
        word = match["word"]
        if word is not None and match.start() not in musical:
            found.append(Word(word, _kind(word, silent)))
        elif not match["skipped"]:
            found.append(Word("", Kind.BREAK))
    return tuple(found)


def clauses(words: Phrase) -> list[Phrase]:
    """Return the runs without a break, hinges at their ends taken off."""
    runs: list[list[Word]] = [[]]
    for word in words:
        if word.kind is Kind.BREAK:
            runs.append([])
        else:
            runs[-1].append(word)
    return [clause for run in runs if (clause := trimmed(tuple(run)))]


def trimmed(phrase: Phrase) -> Phrase:
    """Return a phrase from its first telling word to its last."""
    telling = [place for place, word in enumerate(phrase) if word.kind is Kind.TELLING]
    return phrase[telling[0] : telling[-1] + 1] if telling else ()


def shortened(phrase: Phrase) -> Phrase:
    """Return as much of the beginning as a title holds, ended before a hinge."""
    if len(phrase) <= MOST_WORDS:
        return phrase
    hinges = [place for place in range(2, MOST_WORDS) if phrase[place].kind is Kind.BRIDGE]
    return trimmed(phrase[: hinges[-1]]) if hinges else phrase[:3]


def fullest_picture(words: Phrase) -> Phrase:
    """Return the phrase that draws most; the first of several, nothing if none draws."""
    return max((seen for clause in clauses(words) for seen in _pictures(clause)), key=_weight,
               default=())  # fmt: skip


def _pictures(clause: Phrase) -> list[Phrase]:
    groups, hinges = _groups(clause)
    seen = [_seen(group) for group in groups]
    joined = [
        _joined(groups[place - 1], hinges[place - 1], image or groups[place])
        for place, image in enumerate(seen)
        if place
    ]
    return [phrase for phrase in (*seen, *joined) if phrase]


def _joined(before: Phrase, hinge: Phrase, after: Phrase) -> Phrase:
    """Return two runs as one picture: "duel at noon", "sea of tranquility"; nothing if apart.

    An image holds what it is "of"; else what stands there must be one, and what is placed there
    may be anything.
    """
    first = hinge[0].text.lower()
    is_whole = _seen(before) == before
    holds = is_whole and (first == "of" or bool(_seen(after)))
    is_placed = first in PLACING and bool(_seen(after))
    fits = len(hinge) <= _MOST_HINGES and len(before) + len(after) <= _MOST_TELLING
    return (*before, *hinge, *after) if fits and (holds or is_placed) else ()


def _groups(clause: Phrase) -> tuple[list[Phrase], list[Phrase]]:
    """Return the runs of telling words, and the hinges between them."""
    groups: list[list[Word]] = []
    hinges: list[list[Word]] = []
    before = Kind.BREAK
    for word in clause:
        runs = groups if word.kind is Kind.TELLING else hinges
        if word.kind is not before:
            runs.append([])
        runs[-1].append(word)
        before = word.kind
    return [tuple(run) for run in groups], [tuple(run) for run in hinges]


def _seen(group: Phrase) -> Phrase:
    """Return a run up to its last image, with at most two words before it."""
    places = [place for place, word in enumerate(group) if is_image(word.text)]
    return group[max(0, places[-1] - 2) : places[-1] + 1] if places else ()


def is_image(word: str) -> bool:
    """Whether a word, in singular or plural, draws a picture."""
    small = word.lower().replace("’", "'").removesuffix("'s")
    return bool({small, small.removesuffix("s"), small.removesuffix("es")} & SCENES)


def _weight(phrase: Phrase) -> float:
    """Weigh a picture: its telling words, and a place or a time that hangs on them."""
    telling = sum(word.kind is Kind.TELLING for word in phrase)
    return telling + 0.5 * (telling < len(phrase))


@cache
def _silent() -> frozenset[str]:
    """Return every word of a prompt that names nothing but the music or the asking."""
    texts = [*NAMED, *(name for style in all_styles() for name in (style.name, *style.aliases))]
    music = {part for text in texts for part in re.split(r"[\s/-]+", text.lower())}
    return CLAUSES | OTHERS | CRAFT | {word for word in music if not is_image(word)}


def _kind(word: str, silent: frozenset[str]) -> Kind:
    small = word.lower().replace("’", "'")
    if small in BRIDGES:
        return Kind.BRIDGE
    is_adverb = small.endswith("ly") and not is_image(small) and small not in LIKE_ADVERBS
    return Kind.BREAK if small in silent or is_adverb or len(small) < 3 else Kind.TELLING
