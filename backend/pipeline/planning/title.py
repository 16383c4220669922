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
        "low energy",
    )
    for word in line.split()
)

_WORLD = ("Afterglow", "Open Water", "Second Light", "Long Way Home", "Paper Moons",
          "North Window", "Slow Weather", "Morning Static", "Glass Gardens", "Quiet Machines",
          "Amber Hours", "Nearly There")  # fmt: skip


def make_title(prompt: str, rng: np.random.Generator) -> str:
    """Return two to four telling words of the prompt in title case, else a neutral title.

    Words that name genres, instruments or the craft tell style, not story. One short word alone is
    no title.
    """
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", prompt[:400])
    technical = _PLAIN | _music_words()
    telling = [word for word in words if word.lower() not in technical and len(word) > 2]
    if not telling or (len(telling) == 1 and len(telling[0]) < 6):
        return _WORLD[int(rng.integers(len(_WORLD)))]
    phrase = _phrase(words, telling[0], telling)
    return " ".join(_cased(word, place) for place, word in enumerate(phrase))[:60]


@cache
def _music_words() -> frozenset[str]:
    """Return every word that names an instrument or a style."""
    texts = [*NAMED, *(name for style in all_styles() for name in (style.name, *style.aliases))]
    return frozenset(
        word.lower() for text in texts for word in text.replace("-", " ").replace("/", " ").split()
    )


def _phrase(words: list[str], first: str, telling: list[str]) -> list[str]:
    """Keep small words between telling ones: "rain on a night bus" stays whole."""
    start = words.index(first)
    phrase = [first]
    bridge: list[str] = []
    for word in words[start + 1 : start + 8]:
        if word in telling:
            phrase += [*bridge, word]
            bridge = []
        elif word.lower() in {"on", "in", "of", "the", "a", "to", "at", "by", "and", "for"}:
            bridge.append(word)
        else:
            break
        if len([w for w in phrase if w in telling]) >= 3 or len(bridge) > 2:
            break
    return phrase


def _cased(word: str, place: int) -> str:
    small = {"on", "in", "of", "the", "a", "to", "at", "by", "and", "for"}
    if place and word.lower() in small:
        return word.lower()
    return word[:1].upper() + word[1:].lower()
