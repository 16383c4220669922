"""What the model is told about a passage before a note is written: harmony, metre, wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import (
    BREATH_TICKS,
    GRID_TICKS,
    METRES,
    MODES,
    REST,
    TICKS_PER_BEAT,
    UNKNOWN_BREATH,
    UNKNOWN_DENSITY,
    FloatArray,
    IntArray,
)

STYLES = ("folk", "pop")
FARTHEST_BEATS = 8
FARTHEST_BARS = 8


class Harmony(NamedTuple):
    """A chord in C from a tick on."""

    start: int
    root: int
    tones: tuple[int, ...]
    """Pitch classes; empty where no chord sounds."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of a passage, by grid step and by bar.

    All lines that are written or scored together share them.
    """

    bar_ticks: int
    metre_style: int
    """Metre and style as one number, 0 to 5."""
    harmony: FloatArray
    """Shape (steps, 60), zeros and ones."""
    until_change: IntArray
    """Shape (steps,): beats to the next chord, at most 8."""
    place: IntArray
    """Shape (bars,): bar within a period of eight."""
    bars_left: IntArray
    """Shape (bars,): bars to the end of the passage, at most 8."""
    density: IntArray
    """Shape (bars,): pairs of notes wanted, 0 to 6, or unknown."""
    breath: IntArray
    """Shape (bars,): bars to the one with the next breath, at most 4, or unknown."""


def metre_style(metre: str, style: str) -> int:
    """Return metre and style as one number.

    Raises
    ------
    ValueError
        When the training data has no such metre or style.
    """
    return list(METRES).index(metre) + len(METRES) * STYLES.index(style)


def spread_harmony(chords: Sequence[Harmony], mode: str, ticks: int) -> tuple[FloatArray, IntArray]:
    """Lay chords out on the grid.

    Parameters
    ----------
    chords : sequence of Harmony
        Ordered by start; before the first there is no chord.
    mode : str
        A key of ``MODES``.
    ticks : int
        Length of the passage.

    Returns
    -------
    ndarray
        Shape (steps, 60): chord tones, root, next chord's tones and root, scale.
    ndarray
        Shape (steps,): whole beats to the next chord.
    """
    at = np.arange(0, ticks, GRID_TICKS)
    starts = np.array([chord.start for chord in chords], dtype=np.int64)
    current = np.searchsorted(starts, at, side="right") - 1
    following = np.minimum(current + 1, len(chords) - 1)
    rows = np.stack([*(_row(chord) for chord in chords), np.zeros(24, dtype=np.float32)])
    scale = np.zeros(12, dtype=np.float32)
    scale[list(MODES[mode])] = 1
    harmony = np.hstack([rows[current], rows[following], np.tile(scale, (len(at), 1))])
    beats = -(-(np.append(starts, FARTHEST_BEATS * ticks)[current + 1] - at) // TICKS_PER_BEAT)
    return harmony, np.minimum(beats, FARTHEST_BEATS)


def _row(chord: Harmony) -> FloatArray:
    row = np.zeros(24, dtype=np.float32)
    if chord.tones:
        row[list(chord.tones)] = 1
        row[12 + chord.root] = 1
    return row


def density_class(notes: int) -> int:
    """Put a number of notes per bar into its class: pairs of notes, at most 6."""
    return min(notes // 2, UNKNOWN_DENSITY - 1)


def sung_densities(events: Sequence[Event], bar_ticks: int, bars: int) -> IntArray:
    """Count the notes that start in each bar, as density classes, shape (bars,)."""
    counts = np.zeros(bars, dtype=np.int64)
    for event in events:
        if event.token != REST:
            counts[event.onset // bar_ticks] += 1
    return np.minimum(counts // 2, UNKNOWN_DENSITY - 1)


def breath_bars(events: Sequence[Event], bar_ticks: int) -> list[int]:
    """Return the bars in which a rest of a beat or more starts."""
    return sorted(
        {
            event.onset // bar_ticks
            for event in events
            if event.token == REST and event.length >= BREATH_TICKS
        }
    )


def bars_to_breath(breaths: Sequence[int], bars: int) -> IntArray:
    """Count for each bar the bars to the next one of ``breaths`` (0 = in this bar, at most 4)."""
    distance = np.full(bars, UNKNOWN_BREATH - 1, dtype=np.int64)
    for breath in breaths:
        for bar in range(max(breath - UNKNOWN_BREATH + 2, 0), min(breath + 1, bars)):
            distance[bar] = min(distance[bar], breath - bar)
    return distance


def count_down(bars: int, after: int = 0) -> IntArray:
    """Count the bars that remain after each of ``bars`` bars, at most 8."""
    return np.minimum(np.arange(bars - 1, -1, -1) + after, FARTHEST_BARS)


def merge_equal(chords: Sequence[Harmony]) -> tuple[Harmony, ...]:
    """Join neighbouring equal chords."""
    merged: list[Harmony] = []
    for chord in chords:
        if not merged or merged[-1][1:] != chord[1:]:
            merged.append(chord)
    return tuple(merged)
