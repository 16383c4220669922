"""The name of a song that nobody has named.

What the song is about names it, else whom it is for, else a picture in the prompt, else an image of
its style and mood. Words that were understood as wishes for the music name nothing.
"""

import re
from collections.abc import Iterable

import numpy as np

from backend.pipeline.planning.titles.invention import Character, adjective, invented
from backend.pipeline.planning.titles.phrases import (
    clauses,
    fullest_picture,
    is_image,
    prompt_words,
    shortened,
    theme_words,
)
from backend.pipeline.planning.titles.vocabulary import KIN, SMALL
from backend.pipeline.planning.understanding.wishes import Evidence

__all__ = ["Character", "make_title"]

_READ = 400
"""Characters of a prompt: a title stands early."""
_STORY = frozenset({"mood", "lyrics", "title"})
"""Facets whose words may name the song."""
_FOR_KIN = re.compile(
    rf"\bfor (my|our) (?:\w+ ){{0,2}}?({'|'.join(sorted(KIN))})\b(?: ([A-Z]\w+))?"
)
_FOR_NAME = re.compile(r"\b(?:song|lullaby|ballad|serenade|waltz) for ([A-Z][a-z]+)\b")
_EMPTY = re.compile(r"\s*(?:the |a )?(?:feeling|story|idea|thought) of ", re.IGNORECASE)


def make_title(
    prompt: str,
    theme: str | None,
    evidence: Iterable[Evidence],
    character: Character,
    rng: np.random.Generator,
) -> str:
    """Return a title in title case, of at most six words.

    Parameters
    ----------
    prompt : str
        What the user wrote.
    theme : str or None
        What the song is about, if it was said.
    evidence : iterable of Evidence
        Which words of the prompt were understood, and as what.
    character : Character
        Style and mood, for a prompt that tells no story.
    rng : numpy.random.Generator
        Chooses among the images.
    """
    read = prompt[:_READ]
    named = (_of_theme(theme[:_READ]) if theme else "") or _of_whom(read)
    if named:
        return named
    seen = _of_picture(read, evidence)
    if len(seen) == 1:
        return _cased([adjective(character, rng), *seen])
    return _cased(seen) if seen else invented(character, rng)


def _of_theme(theme: str) -> str:
    """Return the first clause of a theme: what a song is about may name it whole."""
    told = _EMPTY.sub("", theme, count=1)
    phrase = shortened(next(iter(clauses(theme_words(told))), ()))
    if not phrase:
        return ""
    words = [word.text for word in phrase]
    owner = re.match(rf"\s*(an?|the|my|our|your) (?={re.escape(words[0])}\b)", told, re.IGNORECASE)
    if owner is None:
        return _cased(words)
    is_article = owner[1].lower() in {"a", "an", "the"}
    if is_article and len(words) > 1:
        return _cased(words)
    return _cased(["the" if is_article else owner[1], *words])


def _of_whom(prompt: str) -> str:
    """Return whom the song is for: "For Emma", "For My Grandmother"."""
    kin = _FOR_KIN.search(prompt)
    if kin:
        whose, who, name = kin.groups()
        return _cased(["for", name] if name else ["for", whose, who])
    name = _FOR_NAME.search(prompt)
    return _cased(["for", name[1]]) if name and not is_image(name[1]) else ""


def _of_picture(prompt: str, evidence: Iterable[Evidence]) -> list[str]:
    """Return the words that draw most."""
    musical = frozenset(
        place
        for found in evidence
        if found.facet not in _STORY
        for place in range(found.start, found.start + len(found.words))
    )
    return [word.text for word in fullest_picture(prompt_words(prompt, musical))]


def _cased(words: list[str]) -> str:
    """Return words in title case; names in capitals keep them unless everything is shouted."""
    shouts = len(words) > 1 and all(word.isupper() for word in words)
    return " ".join(_cased_word(word, place, shouts) for place, word in enumerate(words))


def _cased_word(word: str, place: int, shouts: bool) -> str:
    if place and word.lower() in SMALL:
        return word.lower()
    is_name = word[1:] != word[1:].lower() and not shouts
    return word if is_name else word[:1].upper() + word[1:].lower()
