"""Loudness as broadcasters measure it.

References
----------
ITU-R BS.1770-5 (programme loudness), EBU Tech 3342 (loudness range). The filters of BS.1770 are
given for 48 kHz; their analogue prototypes follow B. De Man, "Evaluation of Implementations of the
EBU R128 Loudness Measurement", AES Convention 145, 2018.
"""

import math

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.mixing.filters import run_cascade

HOP = SAMPLE_RATE // 10
"""Frames between measurements: a tenth of a second."""

SILENCE_LUFS = -70.0
"""The absolute gate: what is softer does not count."""

_OFFSET = -0.691
_MOMENTARY_HOPS = 4
_SHORT_TERM_HOPS = 30
_HOPS_PER_SECOND = 10


def _shelf() -> list[float]:
    gain, frequency, q = 3.999843853973347, 1681.974450955533, 0.7071752369554196
    k = math.tan(math.pi * frequency / SAMPLE_RATE)
    high = 10 ** (gain / 20)
    band = high**0.4996667741545416
    norm = 1 + k / q + k * k
    return [
        (high + band * k / q + k * k) / norm,
        2 * (k * k - high) / norm,
        (high - band * k / q + k * k) / norm,
        1.0,
        2 * (k * k - 1) / norm,
        (1 - k / q + k * k) / norm,
    ]


def _high_pass() -> list[float]:
    frequency, q = 38.13547087602444, 0.5003270373238773
    k = math.tan(math.pi * frequency / SAMPLE_RATE)
    norm = 1 + k / q + k * k
    return [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm]


K_WEIGHTING = np.array([_shelf(), _high_pass()])
"""Second-order sections: the head's shelf, then the high-pass."""

_CASCADE = np.delete(K_WEIGHTING, 3, axis=1)


def k_weighted_energies(audio: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the K-weighted mean square of every tenth of a second, channels added.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).

    Returns
    -------
    ndarray
        Shape (frames // 4410,).
    """
    energies = np.zeros(audio.shape[1] // HOP)
    _fill_energies(audio, _CASCADE, np.zeros((len(_CASCADE), 4)), energies, energies[:0])
    return energies


def stereo_and_mono_energies(
    audio: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what ``k_weighted_energies`` does, and the same of the song in mono.

    In mono both loudspeakers play the mean of the channels: equal channels are as loud as before,
    unrelated ones 3 dB softer, opposite ones silent.
    """
    stereo, mono = np.zeros((2, audio.shape[1] // HOP))
    _fill_energies(audio, _CASCADE, np.zeros((len(_CASCADE), 4)), stereo, mono)
    return stereo, mono


@compiled
def _fill_energies(
    audio: NDArray[np.float32],
    cascade: NDArray[np.float64],
    memory: NDArray[np.float64],
    energies: NDArray[np.float64],
    mono: NDArray[np.float64],
) -> None:
    room = np.empty((2, HOP))
    for hop in range(energies.size):
        for i in range(HOP):
            room[0, i] = audio[0, hop * HOP + i]
            room[1, i] = audio[1, hop * HOP + i]
        run_cascade(room[0], room[1], cascade, memory)
        energies[hop] = (np.square(room[0]).sum() + np.square(room[1]).sum()) / HOP
        if mono.size:
            mono[hop] = np.square(room[0] + room[1]).sum() / (2 * HOP)


def integrated_lufs(energies: NDArray[np.float64]) -> float:
    """Return the programme loudness of K-weighted energies, both gates applied.

    Parameters
    ----------
    energies : ndarray
        As ``k_weighted_energies`` gives them.

    Returns
    -------
    float
        LUFS; −70 for silence.
    """
    blocks = _windows(energies, _MOMENTARY_HOPS)
    loud = blocks[_lufs(blocks) > SILENCE_LUFS]
    if not loud.size:
        return SILENCE_LUFS
    loud = loud[_lufs(loud) > _lufs(loud.mean()) - 10.0]
    return float(_lufs(loud.mean()))


def momentary_lufs(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the loudness of each 400 ms window, ten per second."""
    return _lufs(_windows(energies, _MOMENTARY_HOPS))


def loudness_curve_lufs(energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the short-term loudness once a second; value ``i`` is that of seconds i to i + 3.

    A sound below three seconds has the loudness of all of it; −70 stands for silence.
    """
    windows = _windows(energies, min(_SHORT_TERM_HOPS, max(1, energies.size)))
    return np.maximum(_lufs(windows[::_HOPS_PER_SECOND]), SILENCE_LUFS)


def loudness_range_lu(energies: NDArray[np.float64]) -> float:
    """Return the loudness range (LRA): the spread of 3 s windows from their 10 to 95 %."""
    windows = _windows(energies, _SHORT_TERM_HOPS)
    loud = windows[_lufs(windows) > SILENCE_LUFS]
    if not loud.size:
        return 0.0
    levels = _lufs(loud[_lufs(loud) > _lufs(loud.mean()) - 20.0])
    low, high = np.percentile(levels, [10, 95])
    return float(high - low)


def _windows(energies: NDArray[np.float64], hops: int) -> NDArray[np.float64]:
    if energies.size < hops:
        return energies[:0]
    return np.convolve(energies, np.full(hops, 1 / hops), "valid")


def _lufs(energy: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(_OFFSET + 10 * np.log10(np.maximum(energy, 1e-12)))
