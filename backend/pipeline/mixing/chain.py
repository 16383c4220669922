"""Filters, saturation and a compressor in a row: a track's strip, and the master's first half.

They run over a thousand frames at a time, so that what lies between two of them never leaves the
processor's cache. Inside, sound is float64.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.compiled import compiled
from backend.pipeline.mixing.dynamics import NO_COMPRESSOR, Compressor, compress, saturate
from backend.pipeline.mixing.filters import cascade_of, run_cascade

_PIECE = 1024
_CLEAN = (0.0, 1.0)


@dataclass(slots=True)
class Chain:
    """Processors in their order, and what they remember from one block to the next."""

    gain: float
    """Linear, before everything else."""
    cascade: NDArray[np.float64] = field(default_factory=lambda: cascade_of([]))
    """Filters as ``cascade_of`` returns them."""
    drive_db: float = 0.0
    """Into the saturation; 0 for none."""
    makeup_db: float = 0.0
    """After the saturation."""
    compressor: Compressor = NO_COMPRESSOR
    _memory: NDArray[np.float64] = field(init=False)
    """A row for each filter, then one that holds the compressor's levels."""

    def __post_init__(self) -> None:
        self._memory = np.zeros((len(self.cascade) + 1, 4))

    def process(self, source: NDArray[np.float32], target: NDArray[np.float32]) -> None:
        """Process the next block.

        Parameters
        ----------
        source : ndarray
            Shape (2, frames).
        target : ndarray
            Filled; the same shape. May be the source.
        """
        saturation = (_linear(self.drive_db), _linear(self.makeup_db)) if self.drive_db else _CLEAN
        _run(
            source,
            target,
            self.gain,
            self.cascade,
            saturation,
            self.compressor,
            self._memory,
        )


def _linear(decibels: float) -> float:
    return float(10 ** (decibels / 20))


@compiled
def _run(
    source: NDArray[np.float32],
    target: NDArray[np.float32],
    gain: float,
    cascade: NDArray[np.float64],
    saturation: tuple[float, float],
    compressor: Compressor,
    memory: NDArray[np.float64],
) -> None:
    frames = source.shape[1]
    room = np.empty((2, _PIECE))
    drive, makeup = saturation
    for start in range(0, frames, _PIECE):
        stop = min(frames, start + _PIECE)
        left = room[0, : stop - start]
        right = room[1, : stop - start]
        for i in range(stop - start):
            left[i] = gain * source[0, start + i]
            right[i] = gain * source[1, start + i]
        run_cascade(left, right, cascade, memory)
        if drive > 0.0:
            saturate(left, drive, makeup)
            saturate(right, drive, makeup)
        if compressor.gains.size > 0:
            compress(left, right, compressor, memory[-1, :2])
        for i in range(stop - start):
            target[0, start + i] = left[i]
            target[1, start + i] = right[i]
