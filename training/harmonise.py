"""Find plausible diatonic chords under a folk tune with the Viterbi algorithm.

Each window of the tune has one hidden chord. A chord explains the notes inside it (more when they
are long and on the beat); successions follow common practice: falling fifths are likely, a
dominant rarely goes to the subdominant, a tune starts and ends on its tonic.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.generation.neural.conditions import Harmony
from backend.pipeline.generation.neural.events import Event
from backend.pipeline.generation.neural.vocabulary import METRES, REST, TICKS_PER_BEAT

WINDOWS = {"4/4": 24, "3/4": 36, "6/8": 36}
"""Ticks per chord."""
BEATS = {"4/4": 12, "3/4": 12, "6/8": 18}
STAY = 0.3


class Candidate(NamedTuple):
    """A chord that may stand in a mode."""

    root: int
    tones: tuple[int, ...]
    weight: float


def _chord(root: int, shape: str, weight: float) -> Candidate:
    steps = {"M": (0, 4, 7), "m": (0, 3, 7), "d": (0, 3, 6), "7": (0, 4, 7, 10)}[shape]
    return Candidate(root, tuple(sorted((root + step) % 12 for step in steps)), weight)


CANDIDATES = {
    "major": [
        _chord(0, "M", 1.0), _chord(2, "m", 0.3), _chord(4, "m", 0.08), _chord(5, "M", 0.6),
        _chord(7, "M", 0.8), _chord(7, "7", 0.5), _chord(9, "m", 0.3), _chord(2, "7", 0.1),
        _chord(10, "M", 0.2),
    ],
    "mixolydian": [
        _chord(0, "M", 1.0), _chord(2, "m", 0.3), _chord(5, "M", 0.6), _chord(7, "m", 0.4),
        _chord(7, "M", 0.3), _chord(9, "m", 0.2), _chord(10, "M", 0.6),
    ],
    "minor": [
        _chord(0, "m", 1.0), _chord(3, "M", 0.35), _chord(5, "m", 0.5), _chord(7, "M", 0.6),
        _chord(7, "7", 0.5), _chord(7, "m", 0.4), _chord(8, "M", 0.35), _chord(10, "M", 0.45),
        _chord(2, "d", 0.05),
    ],
    "dorian": [
        _chord(0, "m", 1.0), _chord(2, "m", 0.2), _chord(3, "M", 0.35), _chord(5, "M", 0.5),
        _chord(7, "m", 0.5), _chord(10, "M", 0.6), _chord(9, "d", 0.03),
    ],
}  # fmt: skip


def harmonise(events: Sequence[Event], metre: str, mode: str) -> list[Harmony]:
    """Return the most plausible chord of each window.

    Parameters
    ----------
    events : sequence of Event
        The tune in C, bar 0 at tick 0.
    metre, mode : str
        Keys of ``WINDOWS`` and ``CANDIDATES``.
    """
    candidates, window = CANDIDATES[mode], WINDOWS[metre]
    bars = events[-1].onset // METRES[metre] + 1
    fit = _fit(events, candidates, window, bars * METRES[metre] // window, BEATS[metre])
    home = np.array([candidate.root == 0 for candidate in candidates])
    fit[0] += np.where(home, 1.0, -0.5)
    fit[-1] += np.where(home, 1.5, 0.0)
    moves = np.array([[_move(a, b) for b in candidates] for a in candidates])
    path = _best_path(fit, moves)
    return [
        Harmony(index * window, candidates[state].root, candidates[state].tones)
        for index, state in enumerate(path)
    ]


def _fit(
    events: Sequence[Event], candidates: list[Candidate], window: int, windows: int, beat: int
) -> NDArray[np.float64]:
    fit = np.zeros((windows, len(candidates)))
    for event in events:
        if event.token == REST:
            continue
        place = event.onset % window
        accent = 1.6 if place == 0 else 1.2 if place % beat == 0 else 0.8
        weight = min(event.length / TICKS_PER_BEAT * accent, 3.0)
        for state, chord in enumerate(candidates):
            pitch_class = event.token % 12
            agrees = 0.9 if pitch_class == chord.root else 0.75
            sign = agrees if pitch_class in chord.tones else -0.9
            fit[event.onset // window, state] += weight * sign
    return fit


def _move(a: Candidate, b: Candidate) -> float:
    """Return the log weight of chord ``b`` after ``a``."""
    if a == b:
        return float(np.log(STAY))
    weight = b.weight
    if (b.root - a.root) % 12 == 5:
        weight *= 2.2
    if a.root == 7 and b.root == 5:
        weight *= 0.35
    if a.root == 7 and b.root == 0:
        weight *= 1.8
    return float(np.log((1 - STAY) * weight / 6))


def _best_path(fit: NDArray[np.float64], moves: NDArray[np.float64]) -> list[int]:
    best, back = fit[0], []
    for row in fit[1:]:
        options = best[:, None] + moves
        back.append(options.argmax(axis=0))
        best = options.max(axis=0) + row
    path = [int(best.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return path[::-1]
