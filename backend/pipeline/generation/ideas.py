"""Ideas of two bars: rhythms that begin, answer and close."""

import numpy as np

from backend.pipeline.generation.cells import Feel, Onset, bar_cells, onsets
from backend.pipeline.theory.metre import pulses

Cells = tuple[tuple[tuple[float, ...], ...], ...]
Idea = tuple[Onset, ...]

LONGEST = 3.0
"""Longest note within a phrase, in quarter notes."""


def draw_idea(feel: Feel, bars: int, rng: np.random.Generator) -> Idea:
    """Draw an idea: its second bar takes up the first, its end breathes."""
    first = _sounding(feel, rng)
    cells = [first]
    for number in range(1, bars):
        fresh = _sounding(feel, rng)
        keep = len(first) // 2 if rng.random() < 0.65 else 0
        cells.append((*cells[number - 1][:keep], *fresh[keep:]))
    return closed(tuple(cells), feel, rng, rest=_breath(feel, rng))


def _sounding(feel: Feel, rng: np.random.Generator) -> tuple[tuple[float, ...], ...]:
    """Draw a bar that is not empty; sparse styles may keep silent for most of it."""
    for _ in range(8):
        cells = bar_cells(feel, rng)
        if any(cells):
            return cells
    return ((0.0,), *((),) * (len(pulses(feel.metre)) - 1))


def _breath(feel: Feel, rng: np.random.Generator) -> float:
    """Return how much rest ends an idea, in quarter notes."""
    pulse = pulses(feel.metre)[-1].length
    return float(rng.choice([0.5, 1.0, 1.5], p=[0.35, 0.45, 0.2])) * pulse


def closed(
    cells: Cells, feel: Feel, rng: np.random.Generator, *, rest: float, final: bool = False
) -> Idea:
    """Give cells durations: notes reach the next one, the last is held and followed by a rest.

    Parameters
    ----------
    rest : float
        Quarter notes of silence before the idea ends.
    final : bool
        The last bar holds one long note from its beginning or middle.
    """
    metre = feel.metre
    total = len(cells) * metre.bar_beats
    places = onsets(cells, metre)
    last_bar = total - metre.bar_beats
    if final:
        kept = [place for place in places if place < last_bar + 1e-6]
        places = [*(p for p in kept if p < last_bar), last_bar]
    else:
        places = [place for place in places if place < total - max(rest, 0.5) - 0.4] or [0.0]
    short = rng.random() < 0.15
    idea = []
    for place, following in zip(places, [*places[1:], total - rest], strict=True):
        length = min(following - place, LONGEST if not final else metre.bar_beats)
        if short and length >= 1 and following < total - rest:
            length *= 0.6
        idea.append(Onset(round(place, 6), round(max(0.2, length), 6)))
    return tuple(idea)


def answered(idea: Idea, feel: Feel, bars: int, rng: np.random.Generator) -> Idea:
    """Return an idea that begins like ``idea`` and closes a phrase on a long note."""
    metre = feel.metre
    last_bar = (bars - 1) * metre.bar_beats
    opening = [onset for onset in idea if onset.at < last_bar - 1e-6]
    if not opening:
        opening = [Onset(0.0, min(LONGEST, last_bar or 1.0))] if last_bar else []
    landing = last_bar
    if opening and rng.random() < 0.3 and feel.offbeat > 0.35:
        landing = last_bar - 0.5
        opening = [onset for onset in opening if onset.at < landing - 0.2]
    kept = [Onset(onset.at, min(onset.length, landing - onset.at)) for onset in opening]
    if kept and landing - kept[-1].end < 0.6:
        kept[-1] = Onset(kept[-1].at, landing - kept[-1].at)
    hold = metre.bar_beats * float(rng.choice([0.5, 0.65, 0.75]))
    return (*kept, Onset(landing, hold + (last_bar - landing)))


def with_pickup(idea: Idea, feel: Feel, rng: np.random.Generator) -> Idea:
    """Add one to three notes before the idea's first bar, where the idea begins on its beat."""
    if not idea or idea[0].at > 0.01:
        return idea
    step = 0.5 if feel.swings_eighths or feel.fast > 0.4 or rng.random() < 0.8 else 0.25
    count = int(rng.integers(1, 4))
    lead_in = tuple(Onset(-step * (count - place), step) for place in range(count))
    return (*lead_in, *idea)


def thinned(idea: Idea, keep: float) -> Idea:
    """Return the idea with only its earlier share, as an echo or a call without its end."""
    count = max(1, round(len(idea) * keep))
    return idea[:count]
