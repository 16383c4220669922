"""Phrase schemas: how ideas follow each other within a section (after Caplin 1998)."""

from dataclasses import dataclass

import numpy as np

from backend.pipeline.generation.cells import Feel
from backend.pipeline.generation.ideas import Idea, answered, draw_idea, thinned, with_pickup

SCHEMAS: dict[str, tuple[str, ...]] = {
    "period": ("a", "b", "a", "c."),
    "sentence": ("a", "a'", "b", "c."),
    "aaba": ("a", "a", "b", "a."),
    "riff": ("a", "a", "a", "a."),
    "call": ("a", "r", "a", "c."),
    "flow": ("a", "b", "c", "d."),
}
"""Units of an eight-bar phrase: a letter is an idea, ' asks for a sequence, r is a reply in few
notes, a full stop closes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One idea at its place in the section."""

    letter: str
    idea: Idea
    bar: int
    """First bar within the section."""
    bars: int
    ending: str
    """"open", "closed" or ""."""
    copies: int | None = None
    """Index of the earlier unit it repeats."""
    sequence: bool = False
    """It repeats at another pitch."""


def phrase_units(
    schema: str, bars: int, feel: Feel, rng: np.random.Generator, *, pickup: bool
) -> tuple[Unit, ...]:
    """Lay out the ideas of a section.

    Parameters
    ----------
    bars : int
        Length of the section; cut into blocks of eight bars (twelve for blues calls).
    pickup : bool
        Ideas begin before their bar.
    """
    ideas: dict[str, Idea] = {}
    units: list[Unit] = []
    unit_bars = 2 if bars >= 4 else 1
    letters = _letters(schema, bars, unit_bars)
    bar = 0
    for place, word in enumerate(letters):
        size = min(unit_bars, bars - bar)
        letter, closes = word[0], word.endswith(".")
        idea = _idea(letter, ideas, feel, size, rng, pickup=pickup)
        copies = next((i for i, unit in enumerate(units) if unit.letter == letter
                       and unit.bars == size), None)  # fmt: skip
        if closes:
            base = ideas.get("a", idea) if letter == "c" and rng.random() < 0.5 else idea
            idea = answered(base, feel, size, rng)
        last = place == len(letters) - 1
        ending = "closed" if closes and last else "open" if closes or place % 2 else ""
        units.append(Unit(letter, idea, bar, size, ending, copies, "'" in word))
        bar += size
    return tuple(units)


def _letters(schema: str, bars: int, unit_bars: int) -> list[str]:
    """Return the units of a whole section; later blocks of eight bars vary their close."""
    block = SCHEMAS[schema]
    count = -(-bars // unit_bars)
    if schema == "call" and bars == 12:
        return ["a", "r", "a", "r", "b", "c."]
    letters: list[str] = []
    while len(letters) < count:
        letters += block
    letters = letters[:count]
    letters[-1] = letters[-1][0] + "."
    if letters[-1] == "r.":
        letters[-1] = "c."
    return letters


def _idea(
    letter: str, ideas: dict[str, Idea], feel: Feel, bars: int, rng: np.random.Generator, *,
    pickup: bool,
) -> Idea:  # fmt: skip
    if letter not in ideas:
        idea = draw_idea(feel, bars, rng)
        if letter == "r":
            idea = thinned(idea, 0.45)
        elif pickup and rng.random() < 0.7:
            idea = with_pickup(idea, feel, rng)
        ideas[letter] = idea
    return ideas[letter]
