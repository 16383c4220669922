"""Text that remembers which characters of the prompt each of its characters came from."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Edit: TypeAlias = tuple[int, int, str]
"""Replace ``text[start:end]`` by the string."""

_PLAIN = {
    **dict.fromkeys("‘’´′", "'"),
    **dict.fromkeys("“”″„«»", '"'),
    **dict.fromkeys("–—−‑→", "-"),
    "♭": "b", "♯": "#", "𝄫": "bb", "×": "x", "½": ".5", "¼": ".25", "¾": ".75", "ß": "ss",
    **{kept: kept for kept in "\nø°Δ♩"},
}  # fmt: skip
_LONE_AMPERSAND = re.compile(r"(?<=\s)[&+](?=\s)")


@dataclass(frozen=True, slots=True)
class MappedText:
    """A string and, per character, the span of the prompt that it stands for."""

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, prompt: str) -> "MappedText":
        """Plain characters: one kind of quote and dash, no accents, no control characters."""
        text: list[str] = []
        spans: list[tuple[int, int]] = []
        for index, character in enumerate(prompt):
            plain = _plain(character)
            text.append(plain)
            spans.extend([(index, index + 1)] * len(plain))
        mapped = cls("".join(text), tuple(spans))
        return mapped.edited(
            (m.start(), m.end(), "and") for m in _LONE_AMPERSAND.finditer(mapped.text)
        )

    def edited(self, edits: Iterable[Edit]) -> "MappedText":
        """Apply edits that are in order and do not overlap."""
        text: list[str] = []
        spans: list[tuple[int, int]] = []
        position = 0
        for start, end, new in edits:
            text += [self.text[position:start], new]
            spans += self.spans[position:start]
            spans += [self.origin(start, end)] * len(new)
            position = end
        text.append(self.text[position:])
        spans += self.spans[position:]
        return MappedText("".join(text), tuple(spans))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Span of the prompt behind ``text[start:end]``, which must not be empty."""
        return self.spans[start][0], self.spans[end - 1][1]


def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if character.isascii():
        return character if character.isprintable() else " "
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Mn", "Zs", "Zl", "Zp"}:
        return " " if character not in "\u200d\ufe0f" else ""
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isalnum() else character
