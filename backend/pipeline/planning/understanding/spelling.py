"""Typing errors in the words that matter: "gutiar" is a guitar, "regaeton" is reggaeton.

A word is corrected only when it is no ordinary word (``lexicon/ordinary.json`` lists the ordinary
words that lie close to a known one), has at least four letters, keeps its first letter, and one
known word is nearer than all others: one edit away, or two from eight letters on. Edits are
insertions, deletions, replacements and swaps of neighbours (Damerau 1964). Candidates come from
an index of deletions, so that the cost per word does not grow with the lexicon.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from backend.pipeline.planning.understanding.lexicon import lexicon
from backend.pipeline.planning.understanding.mapped_text import Edit
from backend.pipeline.planning.understanding.numbers import NUMBER_WORDS
from backend.pipeline.planning.understanding.phrases import phrase_words

_WORD = re.compile(r"[A-Za-z]{3,24}")
_SHORT = {"abt": "about", "bout": "about", "pls": "please", "plz": "please", "thx": "thanks"}
_SIGNS = re.compile(r"\bw/o\b|\bw/ ?(?=\w)|(?<=\w )[wn](?= \w)")
_MEANT = {"w/o": "without", "n": "and"}
_LONG = 8
_ENDING = re.compile(r"(?:s|es|ed|ing|er|ers|ly|y|ness|ful|less|ish|like|ist|ists)$")


def shorthand_edits(text: str) -> Iterator[Edit]:
    """Yield "w/", "w/o" and "n" between words as what they stand for."""
    for match in _SIGNS.finditer(text):
        meant = _MEANT.get(match.group(), "with")
        yield match.start(), match.end(), meant + " " * match.group().endswith(("/", " "))


def spelling_edits(text: str) -> Iterator[Edit]:
    """Yield the words that are meant to be known ones."""
    for match in _WORD.finditer(text):
        word = match.group().lower()
        corrected = _SHORT.get(word) or (correction(word) if len(word) >= 4 else word)
        if corrected != word:
            yield match.start(), match.end(), corrected


@cache
def known_words() -> frozenset[str]:
    """Every word that some rule understands, with its plural."""
    genres, moods = lexicon("genres").values(), lexicon("moods")
    words = phrase_words(
        phrase for genre in genres for kind in ("names", "ambiguous") for phrase in genre[kind]
    )
    words |= phrase_words(p for i in lexicon("instruments")["instruments"] for p in i["words"])
    words |= phrase_words([*moods["words"], *lexicon("ordinary")["terms"]]) | NUMBER_WORDS
    return frozenset(words)


def correction(word: str) -> str:
    """Return the known word that a lower-case word was meant to be, or the word itself."""
    if word in _ordinary() or _is_known(word):
        return word
    if word.endswith("s") and not word.endswith("ss") and len(word) > 5:
        single = correction(word[:-1])
        if single != word[:-1]:
            return single + "s"
    reach = 2 if len(word) >= _LONG else 1
    candidates = {
        known
        for key in _deletions(word, reach)
        for known in _index().get(key, ())
        if known[0] == word[0]
    }
    near = sorted((distance(word, known), known) for known in candidates)
    near = [(d, known) for d, known in near if d <= reach and (d < 2 or len(known) >= _LONG - 1)]
    if not near or (len(near) > 1 and near[1][0] == near[0][0] and not _same(near[0], near[1])):
        return word
    return near[0][1]


def _is_known(word: str) -> bool:
    """Whether a rule knows the word or what it is derived from ("drummers", "darkly")."""
    ending = _ENDING.search(word)
    known = known_words() | _rare_words()
    return word in known or (ending is not None and word[: ending.start()] in known)


@cache
def _rare_words() -> frozenset[str]:
    """Instruments that are seldom named: nothing is corrected to them, nor are they corrected."""
    return frozenset(phrase_words(word for ws in lexicon("stand_ins").values() for word in ws))


def _same(first: tuple[int, str], second: tuple[int, str]) -> bool:
    """Whether two candidates are one word and its plural, or two words for one instrument."""
    meant = _instruments()
    return second[1].rstrip("s") == first[1].rstrip("s") or (
        first[1] in meant and meant[first[1]] == meant.get(second[1])
    )


@cache
def _instruments() -> dict[str, str]:
    return {word: item["id"] for item in lexicon("instruments")["instruments"]
            for word in item["words"]}  # fmt: skip


def distance(first: str, second: str) -> int:
    """Damerau's edit distance (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, row = row, [i]
        for j, b in enumerate(second, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = above
    return row[-1]


def _deletions(word: str, count: int) -> set[str]:
    """Return the word with up to ``count`` letters left out."""
    return {
        "".join(letter for index, letter in enumerate(word) if index not in gone)
        for size in range(count + 1)
        for gone in combinations(range(len(word)), size)
    }


@cache
def _index() -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for word in sorted(known_words()):
        if len(word) >= 4:
            for key in _deletions(word, 2 if len(word) >= _LONG - 1 else 1):
                index[key].append(word)
    return dict(index)


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(lexicon("ordinary")["words"])
