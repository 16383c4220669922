"""One prompt while it is being read: its plain text, what was claimed so far, and the evidence."""

import re
from collections.abc import Iterator
from functools import cached_property

from backend.pipeline.planning.understanding.mapped_text import MappedText
from backend.pipeline.planning.understanding.negation import negated_spans
from backend.pipeline.planning.understanding.numbers import half_edits, number_edits
from backend.pipeline.planning.understanding.spelling import shorthand_edits, spelling_edits
from backend.pipeline.planning.understanding.wishes import Evidence

LONGEST_PROMPT = 4000
"""Characters that are read; what follows is ignored, and the notes say so."""

_CLAIMED = "\x00"


class Reading:
    """The prompt in plain characters, its typing errors corrected and its numbers in digits.

    Parameters
    ----------
    prompt : str
        Any text.

    Notes
    -----
    Facets read in a fixed order and *claim* the words that they understood, so that "7/8" is not a
    date for one and a metre for another. To *cite* leaves the words to other facets.
    """

    def __init__(self, prompt: str) -> None:
        self.prompt = prompt
        mapped = MappedText.of(prompt[:LONGEST_PROMPT])
        for edits in (shorthand_edits, spelling_edits, number_edits, half_edits):
            mapped = mapped.edited(edits(mapped.text))
        self._mapped = mapped
        self._cased = mapped.text
        self._lower = self.whole = "".join(_lower(character) for character in mapped.text)
        self.theme: tuple[int, int] | None = None
        """Span of what the song is about: no instrument is asked for there."""
        self.evidence: list[Evidence] = []
        self.notes: list[str] = []
        self._heard = bytearray(len(self.whole))
        self._cited: dict[str, set[int]] = {}
        if len(prompt) > LONGEST_PROMPT:
            self.notes.append(f"Only the first {LONGEST_PROMPT} characters were read.")

    @property
    def cased(self) -> str:
        """What nobody has claimed yet, in the prompt's capitals."""
        return self._cased

    @property
    def text(self) -> str:
        """What nobody has claimed yet, in lower case; same length as ``cased``."""
        return self._lower

    @cached_property
    def _negated(self) -> list[tuple[int, int]]:
        return negated_spans(self.whole)

    def find(self, pattern: re.Pattern[str], *, cased: bool = False) -> Iterator[re.Match[str]]:
        """Yield what matches among the unclaimed words, as they stand when the search begins."""
        return pattern.finditer(self.cased if cased else self.text)

    def wanted(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """First match that no negation reaches."""
        return next((m for m in self.find(pattern) if not self.negates(m.start())), None)

    def negates(self, position: int) -> bool:
        """Whether the word at ``position`` is said to be unwanted."""
        return any(start <= position < end for start, end in self._negated)

    def typed(self, start: int, end: int) -> str:
        """Return the prompt's own characters behind a span."""
        first, last = self._mapped.origin(start, end)
        return self.prompt[first:last]

    def cite(self, facet: str, span: tuple[int, int], meaning: str) -> None:
        """Write down which words led to a wish."""
        first, last = self._mapped.origin(*span)
        self.evidence.append(Evidence(facet, self.prompt[first:last], first, meaning))
        self.hear(span)
        self._cited.setdefault(facet, set()).update(span)

    def claim(self, facet: str, span: tuple[int, int], meaning: str) -> None:
        """Write down which words led to a wish, and keep them from other facets."""
        self.cite(facet, span, meaning)
        self.blank(span)

    def hear(self, span: tuple[int, int]) -> None:
        """Note that words had an effect, or are told of, without being evidence by themselves."""
        start, end = span
        self._heard[start:end] = b"\x01" * (end - start)

    def is_heard(self, span: tuple[int, int]) -> bool:
        """Whether any part of a span was cited, claimed or heard."""
        return any(self._heard[slice(*span)])

    def touches(self, facet: str, start: int, end: int) -> bool:
        """Whether a span stands right before or behind words that a facet cited."""
        return not {start - 1, start, end, end + 1}.isdisjoint(self._cited.get(facet, ()))

    def blank(self, span: tuple[int, int]) -> None:
        """Hide words that mean nothing musical here."""
        start, end = span
        hidden = _CLAIMED * (end - start)
        self._cased = self._cased[:start] + hidden + self._cased[end:]
        self._lower = self._lower[:start] + hidden + self._lower[end:]


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character
