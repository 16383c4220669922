"""A title made of the words of the prompt."""

import re
from functools import cache

import numpy as np

from backend.pipeline.styles import all_styles
from backend.pipeline.theory.instruments import NAMED

_PLAIN = frozenset(
    word
    for line in (
        "meets half double solo sad happy aaba blend mix cappella",
        "a an and are as at be but by for from in into is it its just like make me music my of on",
        "or over please so some song songs that the then this to track tune up very want was with",
        "without write create generate compose give need beat about bpm minor major key no drums",
        "vocals vocal instrumental tempo second seconds minute minutes long short fast slow",
        "medium feel feeling style vibe vibes something sounding sound sounds mood bars bar time",
        "signature loop jingle one two three huge big final chorus verse build builds outro intro",
        "fade out only featuring i we you your our let can would should could most more less high",
        "low energy ending ends trio quartet band brushed swinging flat sharp anthem called lyrics",
    )
    for word in line.split()
)

_WORLD = ("Afterglow", "Open Water", "Second Light", "Long Way Home", "Paper Moons",
          "North Window", "Slow Weather", "Morning Static", "Glass Gardens", "Quiet Machines",
          "Amber Hours", "Nearly There")  # fmt: skip


_COMPANIONS = ("Hours", "Weather", "Light", "Distance", "Horizon", "Letters", "Mornings", "Miles")
_SMALL = frozenset(["on", "in", "of", "the", "a", "to", "at", "by", "and", "for", "between"])
_BRIDGES = _SMALL | {"my", "our", "your"}


def make_title(prompt: str, rng: np.random.Generator) -> str:
    """Return the most telling phrase of the prompt in title case, else a neutral title.

    Words that name genres, instruments or the craft tell style, not story. A word alone is no
    title: it gets a companion.
    """
    clauses = re.split(r"[^\w\s'’-]+", prompt[:400])
    phrases = [phrase for clause in clauses for phrase in _phrases(_words(clause))]
    companion = _COMPANIONS[int(rng.integers(len(_COMPANIONS)))]
    neutral = _WORLD[int(rng.integers(len(_WORLD)))]
    if not phrases:
        return neutral
    best = max(phrases, key=_weight)
    if len(best) == 1:
        best = [_single(best[0]), companion]
    return " ".join(_cased(word, place) for place, word in enumerate(best))[:60]


def _single(word: str) -> str:
    """Return a plural as the first half of a compound: "stars" makes "Star Miles"."""
    is_plural = word.endswith("s") and word[-2:].lower() not in {"ss", "us", "is", "as"}
    return word[:-1] if is_plural and len(word) > 4 else word


def _words(clause: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", clause)


def _weight(phrase: list[str]) -> float:
    """Weigh a phrase: telling words, and a place or a time that hangs on them."""
    small = sum(word.lower() in _BRIDGES for word in phrase)
    return len(phrase) - small + 0.5 * bool(small)


@cache
def _music_words() -> frozenset[str]:
    """Return every word that names an instrument or a style."""
    texts = [*NAMED, *(name for style in all_styles() for name in (style.name, *style.aliases))]
    return frozenset(
        word.lower() for text in texts for word in text.replace("-", " ").replace("/", " ").split()
    )


def _phrases(words: list[str]) -> list[list[str]]:
    """Return the runs of up to three telling words: "rain on a night bus" stays whole."""
    phrases: list[list[str]] = []
    bridge: list[str] | None = None
    for word in words:
        if _tells(word):
            room = phrases and sum(map(_tells, phrases[-1])) < 3
            if bridge is not None and room:
                phrases[-1] += [*bridge, word]
            else:
                phrases.append([word])
            bridge = []
        elif bridge is not None and word.lower() in _BRIDGES and len(bridge) < 2:
            bridge.append(word)
        else:
            bridge = None
    return phrases


def _tells(word: str) -> bool:
    small = word.lower()
    technical = _PLAIN | _BRIDGES | _music_words()
    return len(word) > 2 and not small.endswith("ly") and small not in technical


def _cased(word: str, place: int) -> str:
    if place and word.lower() in _SMALL:
        return word.lower()
    return word[:1].upper() + word[1:].lower()
