"""What must not be on a record: holes, clipped runs, a late start, a cut tail, an offset."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE

_WINDOW = SAMPLE_RATE // 50
_BATCH = 50
_SILENCE_DBFS = -60.0
_FLOOR = 1e-6
_FULL_SCALE = 0.999
_CLIPPED_RUN = 3


@dataclass(frozen=True, slots=True)
class Faults:
    """Measured on the samples."""

    lead_in_seconds: float
    """Silence before the first sound; the whole length where there is none."""
    longest_silence_seconds: float
    """Between the first sound and the last."""
    clipped_runs: int
    """Places where the wave stays at full scale."""
    tail_dbfs: float
    """Highest sample of the last fiftieth of a second."""
    dc_offset: float
    """Mean of the channel that lies farther from zero; full scale is 1."""


def measure_faults(audio: NDArray[np.float32]) -> Faults:
    """Look for faults.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    """
    levels = _levels_dbfs(audio)
    sounding = np.flatnonzero(levels > _SILENCE_DBFS)
    gaps = np.diff(sounding) - 1
    seconds = _WINDOW / SAMPLE_RATE
    tail = max(_FLOOR, float(np.abs(audio[:, -_WINDOW:]).max(initial=0.0)))
    return Faults(
        lead_in_seconds=float(sounding[0] if sounding.size else levels.size) * seconds,
        longest_silence_seconds=float(gaps.max(initial=0)) * seconds,
        clipped_runs=_clipped_runs(audio),
        tail_dbfs=20 * math.log10(tail),
        dc_offset=float(np.abs(audio.mean(axis=1)).max()) if audio.size else 0.0,
    )


def _levels_dbfs(audio: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the highest sample of each whole window; −120 for silence."""
    peaks = np.empty(audio.shape[1] // _WINDOW)
    for start in range(0, peaks.size, _BATCH):
        stop = min(peaks.size, start + _BATCH)
        windows = audio[:, start * _WINDOW : stop * _WINDOW].reshape(2, -1, _WINDOW)
        peaks[start:stop] = np.abs(windows).max(axis=(0, 2))
    return np.asarray(20 * np.log10(np.maximum(peaks, _FLOOR)))


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
