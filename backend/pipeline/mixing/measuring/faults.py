"""What must not be on a record: holes, clipped runs, a late start, a cut tail."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE

_WINDOW = SAMPLE_RATE // 50
_SILENCE_DBFS = -60.0
_FULL_SCALE = 0.999
_CLIPPED_RUN = 3


@dataclass(frozen=True, slots=True)
class Faults:
    """Measured on the samples."""

    lead_in_seconds: float
    """Silence before the first sound."""
    longest_silence_seconds: float
    """Between the first sound and the last."""
    clipped_runs: int
    """Places where the wave stays at full scale."""
    tail_dbfs: float
    """Level of the last fiftieth of a second."""


def measure_faults(audio: NDArray[np.float32]) -> Faults:
    """Look for faults.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    """
    count = max(1, audio.shape[1] // _WINDOW)
    levels = np.full(count, -120.0)
    for index in range(audio.shape[1] // _WINDOW):
        part = audio[:, index * _WINDOW : (index + 1) * _WINDOW]
        levels[index] = 20 * np.log10(max(1e-6, float(np.abs(part).max())))
    sounding = np.flatnonzero(levels > _SILENCE_DBFS)
    gaps = np.diff(sounding) - 1
    seconds = _WINDOW / SAMPLE_RATE
    return Faults(
        lead_in_seconds=float(sounding[0] if sounding.size else count) * seconds,
        longest_silence_seconds=float(gaps.max(initial=0)) * seconds,
        clipped_runs=_clipped_runs(audio),
        tail_dbfs=float(levels[-1]),
    )


def _clipped_runs(audio: NDArray[np.float32]) -> int:
    runs = 0
    for channel in audio:
        (places,) = np.nonzero(np.abs(channel) >= _FULL_SCALE)
        steady = np.diff(places, prepend=-2) == 1
        run = 0
        for goes_on in steady:
            run = run + 1 if goes_on else 0
            runs += run == _CLIPPED_RUN - 1
    return runs
