"""WordPiece tokens of BERT's vocabulary (Schuster and Nakajima 2012; Devlin et al. 2018)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

_PIECE = re.compile(r"[^\W_]+|[^\s\w]|_", re.UNICODE)
_LONGEST_WORD = 100


class WordPiece:
    """Text to token ids, greedily by longest prefix.

    Parameters
    ----------
    vocabulary : mapping of str to int
        Pieces; those inside a word start with ``##``.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self.vocabulary = vocabulary

    def ids(self, text: str, limit: int) -> list[int]:
        """Return at most ``limit`` ids, with [CLS] in front and [SEP] behind."""
        inner = [i for word in _words(text) for i in self._word_ids(word)]
        start, end = self.vocabulary["[CLS]"], self.vocabulary["[SEP]"]
        return [start, *inner[: limit - 2], end]

    def _word_ids(self, word: str) -> list[int]:
        unknown = [self.vocabulary["[UNK]"]]
        if len(word) > _LONGEST_WORD:
            return unknown
        ids: list[int] = []
        start = 0
        while start < len(word):
            end = next((e for e in range(len(word), start, -1) if self._knows(word, start, e)), 0)
            if end == 0:
                return unknown
            ids.append(self.vocabulary[_piece(word, start, end)])
            start = end
        return ids

    def _knows(self, word: str, start: int, end: int) -> bool:
        return _piece(word, start, end) in self.vocabulary


def _piece(word: str, start: int, end: int) -> str:
    return ("##" if start else "") + word[start:end]


def _words(text: str) -> Iterator[str]:
    """Lower-case words and single punctuation marks, accents stripped."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    for match in _PIECE.finditer(plain):
        yield from _ideographs_apart(match.group())


def _ideographs_apart(word: str) -> Iterator[str]:
    if any("一" <= character <= "鿿" for character in word):
        yield from word
    else:
        yield word
