"""Is a melody copied? Every run of ten notes of the training data is known here.

A *run* is ten notes in a row: the nine intervals between them (so that a transposed copy counts)
and the nine times from onset to onset, in twelfths of a beat (so that a copy with other
articulation counts; rests belong to the note before them). The index keeps 40 bits of a hash of
every run. It never misses a run; a run that is new is taken for a copy about once in two million.

The index is made by ``training/originality_index.py``.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Note
from backend.pipeline.generation.neural.vocabulary import TICKS_PER_BEAT, IntArray

RUN_NOTES = 10
"""Notes of a run; issue and report speak of "ten or more"."""
HASH_BITS = 40
LONGEST_GAP = 1023
"""Longer times between onsets count the same."""

Hashes = NDArray[np.uint64]


def longest_copied_run(notes: Sequence[Note]) -> int:
    """Return how many notes in a row stand in the training data.

    Parameters
    ----------
    notes : sequence of Note
        One voice in order of start.

    Returns
    -------
    int
        0, or 10 and more: a stretch in which every ten notes in a row are known.
    """
    longest = length = 0
    for known in _known_runs(notes):
        length = length + 1 if known else 0
        longest = max(longest, length)
    return longest + RUN_NOTES - 1 if longest else 0


def contains_copied_run(notes: Sequence[Note], length: int = RUN_NOTES) -> bool:
    """Tell whether ``length`` notes in a row stand in the training data.

    Raises
    ------
    ValueError
        When ``length`` is below ten: shorter runs are not indexed.
    """
    if length < RUN_NOTES:
        raise ValueError(f"runs shorter than {RUN_NOTES} notes are not indexed")
    return longest_copied_run(notes) >= length


def copied_runs(notes: Sequence[Note]) -> list[int]:
    """Return the positions in ``notes`` at which a known run of ten notes starts."""
    return np.flatnonzero(_known_runs(notes)).tolist()


def _known_runs(notes: Sequence[Note]) -> NDArray[np.bool_]:
    pitches = np.array([note.pitch for note in notes], dtype=np.int64)
    onsets = np.array([round(note.start_beat * TICKS_PER_BEAT) for note in notes], dtype=np.int64)
    return is_known(run_hashes(pitches, onsets))


def run_hashes(pitches: IntArray, onsets: IntArray) -> Hashes:
    """Hash every run of ten notes.

    Parameters
    ----------
    pitches, onsets : ndarray
        Shape (n,): semitones, and ticks of a twelfth of a beat.

    Returns
    -------
    ndarray
        Shape (max(n − 9, 0),): below 2 ** 40.
    """
    if pitches.size < RUN_NOTES:
        return np.zeros(0, dtype=np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view
    return hash_windows(windows(pitches, RUN_NOTES), windows(onsets, RUN_NOTES))


def hash_windows(pitches: IntArray, onsets: IntArray) -> Hashes:
    """Hash runs, one per row.

    Parameters
    ----------
    pitches, onsets : ndarray
        Shape (n, 10).
    """
    gaps = np.minimum(np.diff(onsets, axis=1), LONGEST_GAP)
    steps = (gaps * 256 + np.diff(pitches, axis=1) + 128).astype(np.uint64)
    total = np.zeros(len(steps), dtype=np.uint64)
    for step in steps.T:
        total = _mix(total ^ step)
    return total >> np.uint64(64 - HASH_BITS)


def _mix(x: Hashes) -> Hashes:
    """Stir 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood, OOPSLA 2014)."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def is_known(hashes: Hashes) -> NDArray[np.bool_]:
    """Tell for each hash whether it stands in the index."""
    index = _index()
    place = np.minimum(np.searchsorted(index, hashes), index.size - 1)
    known: NDArray[np.bool_] = index[place] == hashes
    return known


@lru_cache(maxsize=1)
def _index() -> Hashes:
    """Read the sorted hashes; they are stored as differences, which need half the room."""
    resource = files("backend.pipeline.generation.neural").joinpath("originality.npz")
    with resource.open("rb") as stream, np.load(stream) as stored:
        return np.cumsum(stored["differences"], dtype=np.uint64)


class CopyGuard:
    """Watches several lines while they are written.

    Parameters
    ----------
    lines : int
        Number of lines.
    """

    def __init__(self, lines: int) -> None:
        self._pitches = np.zeros((lines, RUN_NOTES), dtype=np.int64)
        self._onsets = np.zeros((lines, RUN_NOTES), dtype=np.int64)
        self._notes = np.zeros(lines, dtype=np.int64)

    def copies(self, rows: IntArray, pitches: IntArray, onsets: IntArray) -> NDArray[np.bool_]:
        """Tell on which of the lines this next note would complete a known run."""
        full = self._notes[rows] >= RUN_NOTES - 1
        if not full.any():
            return full
        hashes = hash_windows(
            np.column_stack([self._pitches[rows, 1:], pitches]),
            np.column_stack([self._onsets[rows, 1:], onsets]),
        )
        return full & is_known(hashes)

    def push(self, rows: IntArray, pitches: IntArray, onsets: IntArray) -> None:
        """Write one more note on some lines."""
        self._pitches[rows] = np.column_stack([self._pitches[rows, 1:], pitches])
        self._onsets[rows] = np.column_stack([self._onsets[rows, 1:], onsets])
        self._notes[rows] += 1
