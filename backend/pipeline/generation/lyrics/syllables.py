"""Cutting words into syllables, for any text that people may give.

Rules of thumb for English, after the maximal-onset principle (Kahn 1976): of several consonants
those begin the next syllable that can begin a word. Other alphabets are cut at their vowels too;
scripts that write a syllable per character (Chinese, Japanese, Korean) at every character. The
parts of a word joined always give the word back.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_VOWELS = frozenset("aeiouyæøœаеёиоуыэюяіїєαεηιουω")
_ONSETS = frozenset(
    onset
    for line in (
        "bl br ch cl cr dr dw fl fr gh gl gr kn ph pl pr qu sc sh sk sl sm sn sp st sw th tr tw wh",
        "wr chr phr sch scr shr spl spr str thr",
    )
    for onset in line.split()
)
_STAY = frozenset({"x", "ck"})
"""Consonants that close a syllable: "tax-i", "rock-et"."""
_HIATUS = re.compile(
    r"i(?=[ao])(?<![ctgs]i)|i(?=et|en)|u(?=al|ou|el\b)|e(?=o(?!p|u))"
    r"|[aeiouy](?=ing)|o(?=e[mt])|(?<!e)y(?=[aeio])|e(?=a\b)(?<=de)"
)
"""A vowel before which the next one begins a new syllable: "ra-di-o", "qui-et", "be-ing"."""
_SILENT = re.compile(
    r"(?<=[^aeioul])e(?=[^\w]*$|s\b)|(?<=[aeiouyr]l)e(?=s?\b)|(?<=[^dtaeiou])e(?=d\b)"
)
_SYLLABARIES = (("\u3041", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))
_SIBILANT = re.compile(r"(?:[sxz]|[cs]h|[cg])es\b")
_SYLLABIC_N = re.compile(r"(?<=[ds])n['’]t\b")
_LETTERS_ONLY = re.compile(r"\W")
_PIECES = re.compile(r"[^-‐–—]+[-‐–—]*|[-‐–—]+")


def split_syllables(word: str) -> tuple[str, ...]:
    """Split a word; digits count one syllable each, marks alone belong to one syllable.

    Parameters
    ----------
    word : str
        Without spaces; hyphens stay with the part before them.
    """
    pieces = _PIECES.findall(word) or [word]
    return tuple(part for piece in pieces for part in _split(piece))


def _split(word: str) -> list[str]:
    cuts = sorted({0, *_cuts(word)})
    return [word[start:end] for start, end in pairwise([*cuts, len(word)])]


def _cuts(word: str) -> Iterator[int]:
    plain = "".join(_base(character) for character in word)
    accented = frozenset(i for i, letter in enumerate(word) if letter.lower() != plain[i])
    nuclei = _nuclei(plain, accented)
    for left, right in pairwise(nuclei):
        yield right[0] - _onset(plain[left[1] : right[0]], _LETTERS_ONLY.sub("", plain[right[0] :]))
    if nuclei:
        yield from (match.start() for match in _SYLLABIC_N.finditer(plain))


def _base(character: str) -> str:
    """Return a letter without its accents, in lower case; always one character."""
    if _is_syllable(character):
        return character
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def _nuclei(word: str, accented: frozenset[int]) -> list[tuple[int, int]]:
    """Return the spans around which syllables form; an accented vowel is never silent."""
    silent = set()
    if not _SIBILANT.search(word):
        silent = {match.start() for match in _SILENT.finditer(word)} - accented
    spans: list[tuple[int, int]] = []
    for place, letter in enumerate(word):
        if letter.isdigit() or _is_syllable(letter):
            spans.append((place, place + 1))
        elif letter in _VOWELS and not _is_glide(word, place):
            joins = spans and spans[-1][1] == place and not _HIATUS.match(word, place - 1)
            if joins and word[place - 1] in _VOWELS:
                spans[-1] = (spans[-1][0], place + 1)
            else:
                spans.append((place, place + 1))
    kept = [span for span in spans if span[0] not in silent or span[1] - span[0] > 1]
    return kept or spans


def _is_glide(word: str, place: int) -> bool:
    """Tell the consonants y in "yes" and u in "quiet"."""
    following = word[place + 1 : place + 2]
    if word[place] == "u":
        return word[place - 1 : place] == "q" and following in _VOWELS
    return word[place] == "y" and place == 0 and following in _VOWELS


def _is_syllable(letter: str) -> bool:
    """Whether a character stands for a whole syllable: Kana, Han, Hangul."""
    return any(first <= letter <= last for first, last in _SYLLABARIES)


def _onset(consonants: str, rest: str) -> int:
    """Return how many of the consonants before ``rest`` begin its syllable."""
    if not consonants or consonants in _STAY:
        return 0
    if rest in {"e", "es", "ed"} and consonants[-1] == "l":
        return min(2, len(consonants))
    for size in (3, 2):
        if consonants[-size:] in _ONSETS and len(consonants) >= size:
            return size
    return 1 if consonants[-1].isalpha() else 0
