"""A training melody in C with its chords, whatever it was read from."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backend.pipeline.generation.neural.conditions import (
    Conditions,
    Harmony,
    bars_to_breath,
    breath_bars,
    count_down,
    metre_style,
    spread_harmony,
    sung_densities,
)
from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import LOWEST_PITCH, METRES, PITCHES, REST


@dataclass(frozen=True, slots=True)
class Tune:
    """One melody, transposed to C; bar 0 starts at tick 0."""

    title: str
    source: str
    group: str
    """Tunes of one group stay on one side of the split: the song, or the opening notes."""
    style: str
    metre: str
    mode: str
    events: tuple[Event, ...]
    chords: tuple[Harmony, ...]

    @property
    def bar_ticks(self) -> int:
        """Length of a bar."""
        return METRES[self.metre]

    @property
    def bars(self) -> int:
        """Bars up to the one in which the last event starts."""
        return self.events[-1].onset // self.bar_ticks + 1

    @property
    def split(self) -> str:
        """Return "train" (90 %), "validation" or "test" (5 % each), by group."""
        part = int(self.group[:6], 16) % 20
        return {0: "test", 1: "validation"}.get(part, "train")

    def conditions(self) -> Conditions:
        """Tell the model about this tune what a planner would know."""
        bars = self.bars
        ticks = self.events[-1].onset + 1
        harmony, until_change = spread_harmony(self.chords, self.mode, ticks)
        return Conditions(
            bar_ticks=self.bar_ticks,
            metre_style=metre_style(self.metre, self.style),
            harmony=harmony,
            until_change=until_change,
            place=np.arange(bars) % 8,
            bars_left=count_down(bars),
            density=sung_densities(self.events, self.bar_ticks, bars),
            breath=bars_to_breath(breath_bars(self.events, self.bar_ticks), bars),
        )

    def with_opening_rest(self) -> "Tune":
        """Write the silence before a first note inside its bar as a rest."""
        first = self.events[0].onset
        if first == 0:
            return self
        return replace(self, events=(Event(0, first, REST), *self.events))


def group_of(text: str) -> str:
    """Turn what identifies a group into a key for the split."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def shift_to_c(pitches: Sequence[int], tonic: int) -> int | None:
    """Return the transposition that puts the tonic on C and the mean near G4.

    Returns
    -------
    int or None
        None when a pitch would leave the model's four octaves.
    """
    shift = -tonic
    mean = sum(pitches) / len(pitches)
    while mean + shift < 64:
        shift += 12
    while mean + shift >= 76:
        shift -= 12
    fits = all(LOWEST_PITCH <= pitch + shift < LOWEST_PITCH + PITCHES for pitch in pitches)
    return shift if fits else None
