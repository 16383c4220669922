"""The words of the melody model: a grid, durations, pitches and what is known at every note.

A melody is a gapless row of *events*, each a note or a rest. The model works in C: the tonic is
pitch class 0, whatever the key. Time is counted in ticks of a twelfth of a beat, so that triplets
of the training tunes fit; what is sampled lies on sixteenths (``GRID_TICKS``).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float32]

TICKS_PER_BEAT = 12
GRID_TICKS = 3
"""Sampled notes start and end on sixteenths."""
BREATH_TICKS = 12
"""A rest of a beat or more lets the singer breathe."""
SHORTEST_REST_TICKS = 6
"""Shorter gaps are articulation: the note before is held through them."""

DURATIONS = (1, 2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 30, 36, 48, 72, 96)
"""Lengths of events in ticks, from a triplet thirty-second to two bars of 4/4."""
NO_DURATION = len(DURATIONS)

LOWEST_PITCH = 48
PITCHES = 48
REST = PITCHES
NOTHING = PITCHES + 1
"""Token where nothing was heard yet."""

LAGS_IN_BARS = (1, 2, 4, 8)
"""How far back the model listens at the same place in the bar."""
LONGEST_RUN = 8
"""Repeated runs of this many events and more count the same."""
UNKNOWN_DENSITY = 7
UNKNOWN_BREATH = 5

METRES = {"4/4": 48, "3/4": 36, "6/8": 36}
"""Ticks per bar of the metres in the training data."""
MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
"""Scale steps of the modes in the training data, in semitones above the tonic."""
HARMONY_SIZE = 60
"""Chord tones, root, next chord's tones, its root, scale: 5 × 12 pitch classes."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of the features: a small whole number with a meaning."""

    kind: str
    """What it counts; slots of one kind share an embedding in training."""
    size: int
    """Values run from 0 to size − 1."""


SLOTS = (
    *[Slot("pitch", NOTHING + 1)] * 11,  # before; heard at 4 lags; next there; 2 runs' next
    *[Slot("duration", NO_DURATION + 1)] * 7,  # before; heard at 4 lags; 2 runs' next
    Slot("position", 6 * 48),  # tick in the bar, per metre and style
    Slot("place", 8),  # bar in the period of eight
    Slot("bars_left", 9),  # bars to the end of the passage
    Slot("density", UNKNOWN_DENSITY + 1),  # pairs of notes wanted in this bar
    Slot("sung", 13),  # notes that started in this bar so far
    Slot("until_change", 9),  # beats to the next chord
    Slot("melody_run", LONGEST_RUN + 1),  # length of the repeated run that is going on
    Slot("rhythm_run", LONGEST_RUN + 1),
    Slot("breath", UNKNOWN_BREATH + 1),  # bars to the next breath
)
SLOT_NAMES = (
    "pitch_before",
    *(f"pitch_heard_{lag}" for lag in LAGS_IN_BARS),
    *(f"pitch_next_{lag}" for lag in LAGS_IN_BARS),
    "pitch_melody_run",
    "pitch_rhythm_run",
    "duration_before",
    *(f"duration_heard_{lag}" for lag in LAGS_IN_BARS),
    "duration_melody_run",
    "duration_rhythm_run",
    *(slot.kind for slot in SLOTS[18:]),
)


def nearest_duration(ticks: int) -> int:
    """Return the index in ``DURATIONS`` of the length closest to ``ticks`` (the shorter of two)."""
    return min(range(NO_DURATION), key=lambda index: abs(DURATIONS[index] - ticks))
