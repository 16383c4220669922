"""Breaths that were asked for are taken, whatever the model would rather sing."""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.generation.neural.vocabulary import BREATH_TICKS, REST, IntArray


class Breathing:
    """Keeps the last beat of every breath bar free on the lines that did not breathe before.

    Parameters
    ----------
    bar_starts : ndarray
        Shape (breaths,): ticks at which the bars with a breath start.
    bar_ticks : int
        Length of a bar.
    end : int
        Tick at which the phrase ends.
    lines : int
        Number of lines.
    """

    def __init__(self, bar_starts: IntArray, bar_ticks: int, end: int, lines: int) -> None:
        # The end is the last thing that no note may cross; nobody breathes there.
        self._bar_starts = np.append(bar_starts, end)
        self._latest = np.append(bar_starts + bar_ticks - BREATH_TICKS, end)
        self._taken = np.zeros((lines, self._latest.size), dtype=np.bool_)

    def due(self, rows: IntArray, onsets: IntArray) -> NDArray[np.bool_]:
        """Tell which of the lines must breathe now, shape (n,)."""
        due: NDArray[np.bool_] = (~self._taken[rows] & (self._latest == onsets[:, None])).any(
            axis=1
        )
        return due

    def room(self, rows: IntArray, onsets: IntArray) -> IntArray:
        """Return the ticks until the next breath that is still owed, or to the end, shape (n,)."""
        ahead = self._latest - onsets[:, None]
        owed = ~self._taken[rows] & (ahead > 0)
        room: IntArray = np.where(owed, ahead, ahead[:, -1:]).min(axis=1)
        return room

    def notice(self, rows: IntArray, onsets: IntArray, tokens: IntArray, lengths: IntArray) -> None:
        """Note down the rests that count as breaths."""
        breathes = (tokens == REST) & (lengths >= BREATH_TICKS)
        in_bar = (self._bar_starts <= onsets[:, None]) & (onsets[:, None] <= self._latest)
        self._taken[rows] |= breathes[:, None] & in_bar
