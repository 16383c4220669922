"""A title for a song that tells no story: a picture that suits its style and mood."""

from dataclasses import dataclass

import numpy as np

from backend.pipeline.planning.titles.vocabulary import ADJECTIVES, IMAGES

_FELT = 0.15
"""Valence from here on is heard as bright or dark."""
_LIVELY = 0.5
_ANY = "Horizon|Weather|Light|Window|Harbour|Signal"


@dataclass(frozen=True, slots=True)
class Character:
    """What a song is like before a note of it is written."""

    style: str
    """Id of the style."""
    valence: float
    """-1 (sad, dark) to 1 (happy, bright)."""
    energy: float
    """0 (calm) to 1 (intense)."""


def invented(character: Character, rng: np.random.Generator) -> str:
    """Return an adjective of the mood with an image of the style: "Restless Signal"."""
    images = IMAGES.get(character.style.partition("+")[0], _ANY).split("|")
    return f"{adjective(character, rng)} {images[int(rng.integers(len(images)))]}"


def adjective(character: Character, rng: np.random.Generator) -> str:
    """Return an adjective that suits how bright and how lively the song is."""
    felt = character.valence
    light = "bright" if felt > _FELT else "dark" if felt < -_FELT else "neutral"
    choice = ADJECTIVES[light, "lively" if character.energy >= _LIVELY else "calm"].split()
    return choice[int(rng.integers(len(choice)))]
