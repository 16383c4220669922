"""The words of the lyric writer: our own phrases, with their syllables and stresses.

``words.json`` holds clauses that are whole sentences ("the rain comes down"), by theme, and endings
that go with any of them ("through the night"), by the sound on which they rhyme. Syllables are cut
at hyphens; ``*`` stands before the stressed syllable where it is not the first. After ``@`` an
ending names the themes that it belongs to; without, it goes with all of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from pydantic import TypeAdapter

Word: TypeAlias = tuple[str, ...]
"""Its syllables."""
Line: TypeAlias = tuple[Word, ...]

_WEAK = frozenset(
    word
    for line in (
        "a an the and or but so as at by for from in into like of on to up we i you he she it they",
        "me us my our your his her its this that these be is are was were am will would can could",
        "it's i'm you're we're they're there's when than if till just with all don't",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are sung on end.

    ``stresses`` tells for each syllable whether the voice leans on it.
    """

    words: Line
    stresses: tuple[bool, ...]

    themes: frozenset[str] = frozenset()
    """Themes that it belongs to; none means all."""

    @property
    def size(self) -> int:
        """Number of syllables."""
        return len(self.stresses)

    @property
    def content(self) -> frozenset[str]:
        """The telling words, in lower case."""
        return frozenset(plain(word) for word in self.words) - _WEAK


@dataclass(frozen=True, slots=True)
class _Theme:
    said: list[str]
    clauses: list[str]


@dataclass(frozen=True, slots=True)
class _Words:
    clauses: list[str]
    themes: dict[str, _Theme]
    endings: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that lines are made of."""

    clauses: tuple[Phrase, ...]
    """Sentences that fit any theme."""
    themes: dict[str, tuple[Phrase, ...]]
    said: dict[str, frozenset[str]]
    """Words by which each theme is recognised."""
    endings: dict[str, tuple[Phrase, ...]]
    """By rhyme."""

    def rhyming(self, rhyme: str, themes: Collection[str]) -> list[Phrase]:
        """Return the endings on a rhyme that go with any of some themes."""
        return [
            ending
            for ending in self.endings[rhyme]
            if not ending.themes or not ending.themes.isdisjoint(themes)
        ]


def plain(word: Word) -> str:
    """Return a word in one piece and in lower case."""
    return "".join(word).lower().strip(",.!?")


def phrase(notation: str) -> Phrase:
    """Read a phrase such as ``"we stay a-*wake"``."""
    words: list[Word] = []
    stresses: list[bool] = []
    text, _, themes = notation.partition("@")
    for written in text.split():
        parts = written.split("-")
        marked = [part.startswith("*") for part in parts]
        word = tuple(part.removeprefix("*") for part in parts)
        words.append(word)
        weak = len(word) == 1 and plain(word) in _WEAK
        stresses += marked if any(marked) else [not weak, *[False] * (len(word) - 1)]
    return Phrase(tuple(words), tuple(stresses), frozenset(themes.split()))


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary that ships with the package."""
    data = (files(__package__) / "words.json").read_bytes()
    words = TypeAdapter(_Words).validate_json(data)
    return Vocabulary(
        clauses=tuple(map(phrase, words.clauses)),
        themes={n: tuple(map(phrase, theme.clauses)) for n, theme in words.themes.items()},
        said={name: frozenset(theme.said) for name, theme in words.themes.items()},
        endings={rhyme: tuple(map(phrase, texts)) for rhyme, texts in words.endings.items()},
    )
