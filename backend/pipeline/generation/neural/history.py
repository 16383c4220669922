"""What was sung so far, on many lines at once, and what the model reads from it."""

import numpy as np

from backend.pipeline.generation.neural.conditions import Conditions
from backend.pipeline.generation.neural.vocabulary import (
    DURATIONS,
    GRID_TICKS,
    LAGS_IN_BARS,
    LONGEST_RUN,
    NO_DURATION,
    NOTHING,
    REST,
    IntArray,
)

MOST_SUNG = 12
NEVER = 1 << 40


class History:
    """Parallel lines over the same passage, each a row of events.

    Beside what was heard 1, 2, 4 and 8 bars ago, a line remembers *runs*: how many of its newest
    events repeat earlier ones at the same places in the bar. What followed the longest such run is
    what a listener expects now; the idea is that of prediction by partial matching (Cleary and
    Witten, "Data compression using adaptive coding and partial string matching", 1984).

    Parameters
    ----------
    lines : int
        Number of lines.
    conditions : Conditions
        The passage.
    """

    def __init__(self, lines: int, conditions: Conditions) -> None:
        # The last column is never written: index −1 reads as "nothing there".
        shape = (lines, conditions.place.size * conditions.bar_ticks + DURATIONS[-1] + 1)
        self._conditions = conditions
        self._tokens = np.full(shape, NOTHING, dtype=np.int64)
        self._durations = np.full(shape, NO_DURATION, dtype=np.int64)
        self._onsets = np.full(shape, NEVER, dtype=np.int64)
        self._melody_runs = np.zeros(shape, dtype=np.int64)
        self._rhythm_runs = np.zeros(shape, dtype=np.int64)
        self._count = np.zeros(lines, dtype=np.int64)
        self._sung = np.zeros(lines, dtype=np.int64)
        self.time: IntArray = np.zeros(lines, dtype=np.int64)
        """Tick at which each line's next event starts."""

    def repeated(self, lines: int) -> "History":
        """Return ``lines`` copies of a history of one line."""
        copy = History(lines, self._conditions)
        for name, array in vars(self).items():
            if name != "_conditions":
                setattr(copy, name, np.repeat(array, lines, axis=0))
        return copy

    def append(
        self, rows: IntArray, tokens: IntArray, durations: IntArray, lengths: IntArray
    ) -> None:
        """Write one more event on some lines.

        Parameters
        ----------
        rows : ndarray
            Shape (n,): the lines.
        tokens, durations : ndarray
            Shape (n,): pitch token and index in ``DURATIONS``.
        lengths : ndarray
            Shape (n,): true length in ticks.
        """
        index, onsets = self._count[rows], self.time[rows]
        self._extend_runs(rows, tokens, durations)
        self._tokens[rows, index] = tokens
        self._durations[rows, index] = durations
        self._onsets[rows, index] = onsets
        self._count[rows] += 1
        self.time[rows] = onsets + lengths
        bar_ticks = self._conditions.bar_ticks
        same_bar = self.time[rows] // bar_ticks == onsets // bar_ticks
        self._sung[rows] = np.where(same_bar, self._sung[rows] + (tokens != REST), 0)

    def _extend_runs(self, rows: IntArray, tokens: IntArray, durations: IntArray) -> None:
        bar_ticks = self._conditions.bar_ticks
        width = int(self._count[rows].max())
        places = self._onsets[rows, :width] % bar_ticks
        same = (self._durations[rows, :width] == durations[:, None]) & (
            places == (self.time[rows] % bar_ticks)[:, None]
        )
        self._shift(self._rhythm_runs, rows, same)
        self._shift(self._melody_runs, rows, same & (self._tokens[rows, :width] == tokens[:, None]))

    @staticmethod
    def _shift(runs: IntArray, rows: IntArray, same: np.typing.NDArray[np.bool_]) -> None:
        width = same.shape[1]
        grown = np.ones(same.shape, dtype=np.int64)
        grown[:, 1:] += runs[rows, : max(width - 1, 0)]
        runs[rows, :width] = same * grown

    def features(self, rows: IntArray) -> IntArray:
        """Say what is known on some lines before their next event.

        Returns
        -------
        ndarray
            Shape (n, 27): one column per slot of ``vocabulary.SLOTS``.
        """
        given, time = self._conditions, self.time[rows]
        width = int(self._count[rows].max())
        bar, newest = time // given.bar_ticks, self._count[rows] - 1
        lags = given.bar_ticks * np.array(LAGS_IN_BARS)
        heard, heard_duration, heard_next = self._heard(rows, time[:, None] - lags, width)
        melody_run, after_melody = self._expected(self._melody_runs, rows, width)
        rhythm_run, after_rhythm = self._expected(self._rhythm_runs, rows, width)
        columns = (
            self._tokens[rows, newest],
            *heard.T,
            *heard_next.T,
            self._tokens[rows, after_melody],
            self._tokens[rows, after_rhythm],
            self._durations[rows, newest],
            *heard_duration.T,
            self._durations[rows, after_melody],
            self._durations[rows, after_rhythm],
            time % given.bar_ticks + 48 * given.metre_style,
            given.place[bar],
            given.bars_left[bar],
            given.density[bar],
            np.minimum(self._sung[rows], MOST_SUNG),
            given.until_change[time // GRID_TICKS],
            melody_run,
            rhythm_run,
            given.breath[bar],
        )
        return np.stack(columns, axis=1)

    def harmony(self, rows: IntArray) -> np.typing.NDArray[np.float32]:
        """Return chord, next chord and scale at each line's time, shape (n, 60)."""
        return self._conditions.harmony[self.time[rows] // GRID_TICKS]

    def _heard(
        self, rows: IntArray, when: IntArray, width: int
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Find the events that sound at ticks ``when``: their tokens, lengths and next tokens."""
        started = self._onsets[rows, None, :width] <= when[:, :, None]
        sounding = started.sum(axis=2) - 1
        row = rows[:, None]
        on_time = self._onsets[row, sounding] == when
        durations = np.where(on_time, self._durations[row, sounding], NO_DURATION)
        following = np.where(sounding < 0, -1, sounding + 1)
        return self._tokens[row, sounding], durations, self._tokens[row, following]

    @staticmethod
    def _expected(runs: IntArray, rows: IntArray, width: int) -> tuple[IntArray, IntArray]:
        """Return length and next event of the longest run; of equally long ones the newest."""
        if width == 0:
            return np.zeros_like(rows), np.full_like(rows, -1)
        capped = np.minimum(runs[rows, :width], LONGEST_RUN)
        best = np.argmax(capped * width + np.arange(width), axis=1)
        length = capped[np.arange(rows.size), best]
        return length, np.where(length > 0, best + 1, -1)
