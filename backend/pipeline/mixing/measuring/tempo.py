"""The tempo, from when sounds begin.

Onsets show as sudden rises of the spectrum (S. Dixon, "Onset detection revisited", DAFx 2006).
Their autocorrelation names the period that repeats; a mild preference for tempos near 118 settles
between a tempo and its double (D. Moelants, "Preferred tempo reconsidered", ICMPC 2002); a Fourier
sum over the whole song then gives the exact value.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from backend.pipeline.artifacts import SAMPLE_RATE

_HOP, _WINDOW = 512, 1024
_FRAMES_PER_SECOND = SAMPLE_RATE / _HOP
_BATCH = 2048
_BANDS = 24
_SLOWEST, _FASTEST = 50.0, 220.0
_PREFERRED, _OCTAVES = 118.0, 0.8
_METRICAL_LEVELS = {0.25: 0.6, 0.5: 0.8, 1.0: 1.0, 2.0: 0.8, 4.0: 0.8}
"""A beat is what repeats together with its half, its quarter, its double and its bar; chosen on
songs of 32 styles."""
_MIN_SECONDS = 4.0
_CLARITY = 0.05
_FINE_SIZE = 1 << 19


def measure_tempo_bpm(audio: NDArray[np.float32]) -> float | None:
    """Return the beats per minute, or None where no steady pulse is found.

    A tempo and its half or double can often not be told apart by sound alone.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    """
    if audio.shape[1] < _MIN_SECONDS * SAMPLE_RATE:
        return None
    onsets = _onsets(audio)
    if float(onsets.std()) < 1e-6:
        return None
    candidates = np.arange(_SLOWEST, _FASTEST, 0.25)
    scores = _periodicity(onsets, candidates)
    best = int(np.argmax(scores * _preference(candidates)))
    if scores[best] < _CLARITY:
        return None
    return _refine(onsets, float(candidates[best]))


def _onsets(audio: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the spectral flux per hop, summed over bands of equal musical width."""
    mono = audio.sum(axis=0)
    window = np.hanning(_WINDOW).astype(np.float32)
    frames = (mono.size - _WINDOW) // _HOP
    parts = np.lib.stride_tricks.sliding_window_view(mono, _WINDOW)[::_HOP]
    edges = np.unique(np.geomspace(2, _WINDOW // 2, _BANDS + 1).astype(np.int64))
    levels = np.empty((frames, edges.size - 1))
    for start in range(0, frames, _BATCH):
        stop = min(frames, start + _BATCH)
        power = np.square(np.abs(rfft(parts[start:stop] * window, axis=1)))
        levels[start:stop] = np.add.reduceat(power, edges[:-1], axis=1)
    levels = np.log1p(1000 * levels / (levels.mean(axis=0) + 1e-12))
    flux: NDArray[np.float64] = np.maximum(np.diff(levels, axis=0), 0).sum(axis=1)
    smooth = np.convolve(flux, np.ones(2 * round(_FRAMES_PER_SECOND)), "same")
    return flux - smooth / (2 * round(_FRAMES_PER_SECOND))


def _periodicity(
    onsets: NDArray[np.float64], candidates: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how well each tempo's beat repeats on all its metrical levels, about 0 to 1."""
    size = next_fast_len(2 * onsets.size)
    power = np.square(np.abs(rfft(onsets, size)))
    correlation = irfft(power, size)[: onsets.size]
    correlation /= correlation[0]
    periods = 60 * _FRAMES_PER_SECOND / candidates
    lags = np.arange(onsets.size)
    return np.asarray(
        sum(
            weight * np.interp(multiple * periods, lags, correlation)
            for multiple, weight in _METRICAL_LEVELS.items()
        )
        / sum(_METRICAL_LEVELS.values())
    )


def _preference(tempos: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.exp(-0.5 * np.square(np.log2(tempos / _PREFERRED) / _OCTAVES))


def _refine(onsets: NDArray[np.float64], tempo: float) -> float:
    """Return the exact tempo near an estimate: where the onsets' Fourier sum is largest."""
    spectrum = np.abs(rfft(onsets, _FINE_SIZE))
    near = tempo * np.linspace(0.98, 1.02, 801)
    places = near / 60 / _FRAMES_PER_SECOND * _FINE_SIZE
    bins = np.arange(spectrum.size)
    sums = np.interp(places, bins, spectrum) + np.interp(2 * places, bins, spectrum)
    return float(near[int(np.argmax(sums))])
