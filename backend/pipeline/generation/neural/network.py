"""The trained network in numpy: embedding tables, one GRU layer, two output heads.

The sums are those of ``training/network.py``; the recurrent layer is the gated recurrent unit of
Cho et al. ("Learning phrase representations using RNN encoder-decoder", EMNLP 2014).
"""

from dataclasses import dataclass, fields
from importlib.resources import files
from itertools import accumulate
from typing import Self

import numpy as np

from backend.pipeline.generation.neural.vocabulary import SLOTS, FloatArray, IntArray

OFFSETS: IntArray = np.array([0, *accumulate(slot.size for slot in SLOTS)][:-1])
"""First row of each slot in the stacked tables."""


@dataclass(frozen=True, slots=True)
class MelodyNetwork:
    """Weights in float32, matrices as (inputs, outputs); h = hidden units.

    The embeddings are folded into the first layer: each slot of the features selects one row.
    """

    tables: FloatArray
    """Shape (1028, h): all slots' rows."""
    harmony: FloatArray
    """Shape (60, h)."""
    entry_bias: FloatArray
    recurrent_in: FloatArray
    """Shape (h, 3h): reset, update, new."""
    recurrent_in_bias: FloatArray
    recurrent_memory: FloatArray
    recurrent_memory_bias: FloatArray
    duration_hidden: FloatArray
    duration_hidden_bias: FloatArray
    duration_out: FloatArray
    duration_out_bias: FloatArray
    duration_given: FloatArray
    """Shape (16, h): what the chosen duration adds before the pitch is chosen."""
    pitch_hidden: FloatArray
    pitch_hidden_bias: FloatArray
    pitch_out: FloatArray
    pitch_out_bias: FloatArray

    @classmethod
    def load(cls) -> Self:
        """Read the weights that come with the package."""
        resource = files("backend.pipeline.generation.neural").joinpath("weights.npz")
        with resource.open("rb") as stream, np.load(stream) as stored:
            weights = {field.name: stored[field.name].astype(np.float32) for field in fields(cls)}
        return cls(**weights)

    @property
    def hidden(self) -> int:
        """Units of the recurrent layer."""
        return self.entry_bias.size

    def advance(
        self, features: IntArray, harmony: FloatArray, memory: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Take in what is known before an event.

        Parameters
        ----------
        features, harmony, memory : ndarray
            Shapes (n, 27), (n, 60) and (n, h).

        Returns
        -------
        memory, state : ndarray
            Shapes (n, h) and (n, 2h).
        """
        rows = self.tables[features + OFFSETS].sum(axis=1)
        entry = np.maximum(rows + harmony @ self.harmony + self.entry_bias, 0)
        incoming = entry @ self.recurrent_in + self.recurrent_in_bias
        recalled = memory @ self.recurrent_memory + self.recurrent_memory_bias
        h = self.hidden
        gates = _sigmoid(incoming[:, : 2 * h] + recalled[:, : 2 * h])
        reset, update = gates[:, :h], gates[:, h:]
        new = np.tanh(incoming[:, 2 * h :] + reset * recalled[:, 2 * h :])
        memory = new + update * (memory - new)
        return memory, np.hstack([memory, entry])

    def durations(self, state: FloatArray) -> FloatArray:
        """Score the durations, shape (n, 16)."""
        layer = np.maximum(state @ self.duration_hidden + self.duration_hidden_bias, 0)
        scores: FloatArray = layer @ self.duration_out + self.duration_out_bias
        return scores

    def pitches(self, state: FloatArray, durations: IntArray) -> FloatArray:
        """Score pitches and rest once the durations are known, shape (n, 49)."""
        layer = state @ self.pitch_hidden + self.pitch_hidden_bias + self.duration_given[durations]
        scores: FloatArray = np.maximum(layer, 0) @ self.pitch_out + self.pitch_out_bias
        return scores


def _sigmoid(x: FloatArray) -> FloatArray:
    """Logistic function by tanh, which cannot overflow."""
    result: FloatArray = np.float32(0.5) * np.tanh(np.float32(0.5) * x) + np.float32(0.5)
    return result
