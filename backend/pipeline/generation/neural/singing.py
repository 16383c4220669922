"""Several lines through the same passage, note by note: the network's state and the history."""

import numpy as np

from backend.pipeline.generation.neural.history import History
from backend.pipeline.generation.neural.network import MelodyNetwork
from backend.pipeline.generation.neural.phrase import Passage
from backend.pipeline.generation.neural.vocabulary import (
    FloatArray,
    IntArray,
)


class Singers:
    """Lines that have sung what was remembered and stand at the start of the phrase.

    Parameters
    ----------
    network : MelodyNetwork
        Shared by all lines.
    passage : Passage
        Shared too.
    lines : int
        Number of lines.
    """

    def __init__(self, network: MelodyNetwork, passage: Passage, lines: int) -> None:
        self._network = network
        self._history = History(1, passage.conditions)
        self._memory: FloatArray = np.zeros((1, network.hidden), dtype=np.float32)
        self._state: FloatArray = np.zeros((1, 2 * network.hidden), dtype=np.float32)
        one = np.zeros(1, dtype=np.int64)
        for event in passage.memory:
            self.listen(one)
            self.write(one, one + event.token, one + event.duration, one + event.length)
        self._history = self._history.repeated(lines)
        self._memory = np.repeat(self._memory, lines, axis=0)
        self._state = np.repeat(self._state, lines, axis=0)

    @property
    def time(self) -> IntArray:
        """Tick at which each line goes on, shape (lines,)."""
        return self._history.time

    def listen(self, rows: IntArray) -> FloatArray:
        """Take in what is known now on some lines; return the scores of their next durations."""
        history = self._history
        self._memory[rows], self._state[rows] = self._network.advance(
            history.features(rows), history.harmony(rows), self._memory[rows]
        )
        return self._network.durations(self._state[rows])

    def pitch_scores(self, rows: IntArray, durations: IntArray) -> FloatArray:
        """Score the next pitches, given the durations."""
        return self._network.pitches(self._state[rows], durations)

    def write(
        self, rows: IntArray, tokens: IntArray, durations: IntArray, lengths: IntArray
    ) -> None:
        """Write the next event on some lines."""
        self._history.append(rows, tokens, durations, lengths)
