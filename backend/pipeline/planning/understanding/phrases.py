"""Finding the longest known phrases in a text, by words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

_TOKEN = re.compile(r"[a-z0-9]+(?:[&'][a-z0-9]+)*")
T = TypeVar("T")

_GAP = re.compile(r"[ \-']{1,2}")


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase at ``text[start:end]`` and what it stands for."""

    value: T
    start: int
    end: int


class PhraseBook(Generic[T]):
    """Phrases with their meanings; hyphens equal spaces, a plural s is forgiven."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = {
            tuple(_TOKEN.findall(phrase)): value for phrase, value in meanings.items()
        }
        self._longest = max(map(len, self._meanings), default=0)

    def find(self, text: str) -> list[Hit[T]]:
        """All phrases of a lower-case text from left to right, longest first, without overlap."""
        tokens = list(_TOKEN.finditer(text))
        hits: list[Hit[T]] = []
        index = 0
        while index < len(tokens):
            run = _unbroken(text, tokens[index : index + self._longest])
            hit, length = self._longest_at(run)
            if hit is not None:
                hits.append(hit)
            index += length
        return hits

    def _longest_at(self, run: list[re.Match[str]]) -> tuple[Hit[T] | None, int]:
        words = tuple(token.group() for token in run)
        for length in range(len(run), 0, -1):
            for form in (
                words[:length],
                (*words[: length - 1], words[length - 1].removesuffix("s")),
            ):
                if form in self._meanings:
                    hit = Hit(self._meanings[form], run[0].start(), run[length - 1].end())
                    return hit, length
        return None, 1


def phrase_words(phrases: Iterable[str]) -> set[str]:
    """Return the single words of phrases."""
    return {word for phrase in phrases for word in _TOKEN.findall(phrase)}


def _unbroken(text: str, tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the leading tokens with nothing but a space or hyphen between them."""
    for index in range(1, len(tokens)):
        if not _GAP.fullmatch(text, tokens[index - 1].end(), tokens[index].start()):
            return tokens[:index]
    return tokens
