"""The long-term spectrum of a sound, from windows spread over its length.

A window every third of a second gives the balance of a song to within a few tenths of a decibel
at a fraction of the cost of all of it; the places follow the golden ratio, so that they never
march in step with the beat.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.signal import freqz_sos

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.loudness import K_WEIGHTING

WINDOW = 4096
_SPACING = 16_384
_BATCH = 32
_GOLDEN = 0.6180339887498949

OCTAVES_HZ = (31.5, 63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16_000.0)
"""Centres of the octave bands (IEC 61260)."""

FREQUENCIES_HZ = np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE)

_HANN = np.hanning(WINDOW).astype(np.float32)
_K_POWER = np.abs(freqz_sos(K_WEIGHTING, worN=FREQUENCIES_HZ, fs=SAMPLE_RATE)[1]) ** 2
_GATE_DB = 20.0
_OFFSET = -0.691


def sample_spectra(audio: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return power spectra of windows all over the sound.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).

    Returns
    -------
    ndarray
        Shape (windows, bins), the channels' powers added; a full-scale sine on both channels has a
        total power of 1 per window.
    """
    count = max(1, (audio.shape[1] - WINDOW) // _SPACING)
    spectra = np.zeros((count, WINDOW // 2 + 1))
    room = audio.shape[1] - WINDOW
    if room < 0:
        return spectra
    norm = 2.0 / (WINDOW * float((_HANN**2).sum()))
    starts = [min(room, int((i + (i * _GOLDEN) % 1.0) * _SPACING)) for i in range(count)]
    for first in range(0, count, _BATCH):
        batch = np.stack([audio[:, s : s + WINDOW] for s in starts[first : first + _BATCH]])
        transformed = rfft(batch * _HANN, axis=2)
        power = np.square(transformed.real) + np.square(transformed.imag)
        spectra[first : first + _BATCH] = power.sum(axis=1) * norm
    return spectra


def spectral_loudness_lufs(spectra: NDArray[np.float64]) -> float:
    """Return the K-weighted loudness of the parts where the sound is present; −120 for silence."""
    levels = spectra @ _K_POWER
    if levels.max(initial=0.0) < 1e-9:
        return -120.0
    present = levels[levels > levels.max() * 10 ** (-2 * _GATE_DB / 10)]
    present = present[present > present.mean() * 10 ** (-_GATE_DB / 10)]
    return _OFFSET + 10 * float(np.log10(present.mean()))


def octave_levels_db(spectra: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the level of each octave band relative to the whole sound, in dB."""
    power = spectra.sum(axis=0)
    total = power.sum() + 1e-20
    bands = [
        power[(centre / 2**0.5 <= FREQUENCIES_HZ) & (centre * 2**0.5 > FREQUENCIES_HZ)].sum()
        for centre in OCTAVES_HZ
    ]
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(np.array(bands) / total, 1e-9))
    return levels
