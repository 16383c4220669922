"""A soft clipper: it shaves the highest peaks off a wave before a loud master is limited.

A limiter turns all of the music down for a peak. Where a sub bass makes the peaks, which loudness
(ITU-R BS.1770) hardly hears, what is gained by more drive is lost again at once. A clipper bends
the peak alone and leaves the music beside it as it is.

Up to ``KNEE`` of the level a wave is left alone, above it a hyperbolic tangent leads to the level;
both meet with equal slope and curvature, so that harmonics fall fast. Those that a wave of 44.1 kHz
cannot hold would fold back into the music: the peaks are bent at eight times the rate, between low-
passes of linear phase (J. Kahles, F. Esqueda, V. Välimäki, "Oversampling for Nonlinear Waveshaping:
Choosing the Right Filters", JAES 67, 2019) that are Kaiser-windowed (J. F. Kaiser, 1974) for 80 dB
and more from 24.4 kHz up, which folds to 19.7 kHz. Only what is taken away passes through them:
frames far from a peak keep their bits.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin

from backend.pipeline.compiled import compiled

KNEE = 0.7
"""Where the bend begins, as a part of the level: 3 dB below it."""

_RATE = 8
_TAPS = 48
_PIECE = 4096
_NEAR = 0.7
"""Of the knee: between two samples below that, no music rises over the knee."""


def _kernel() -> NDArray[np.float32]:
    """Return the weights of the samples j − 23 … j + 24 at each eighth from j to j + 1."""
    wave = firwin(_RATE * _TAPS - 1, 1 / _RATE, window=("kaiser", 8.0)) * _RATE
    rows = np.append(0.0, wave).reshape(_TAPS, _RATE)[::-1].T
    return np.ascontiguousarray(rows, dtype=np.float32)


_KERNEL = _kernel()


def shave(audio: NDArray[np.float32], level: float) -> None:
    """Bend what rises over ``KNEE * level`` so that it stays under the level, in place.

    Harmonics above 20 kHz are taken out of the bent peaks, which lets them stand a little (some
    tenths of a decibel) over the level.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames). Each channel is bent by itself, on a core of its own.
    level : float
        Linear, above 0.
    """
    with ThreadPoolExecutor(2) as threads:
        tasks = [threads.submit(_shave, side, _KERNEL, np.float32(level)) for side in audio]
        for task in tasks:
            task.result()


@compiled
def _shave(audio: NDArray[np.float32], kernel: NDArray[np.float32], level: np.float32) -> None:
    """Shave one channel piece by piece; ``before`` is what lay in front of the piece."""
    taps = kernel.shape[1]
    room = np.zeros(_PIECE + 2 * taps, np.float32)
    bent = np.empty(_PIECE + 2 * taps, np.float32)
    before = np.zeros(taps, np.float32)
    for start in range(0, audio.size, _PIECE):
        stop = min(audio.size, start + _PIECE)
        ahead = min(audio.size, stop + taps)
        room[:taps] = before
        room[taps : taps + ahead - start] = audio[start:ahead]
        room[taps + ahead - start :] = 0.0
        before[:] = room[stop - start : stop - start + taps]
        bent[:] = 0.0
        if _bend(room, bent, kernel, level):
            audio[start:stop] += bent[taps : taps + stop - start]


@compiled
def _bend(
    room: NDArray[np.float32],
    bent: NDArray[np.float32],
    kernel: NDArray[np.float32],
    level: np.float32,
) -> bool:
    """Add what the bend changes in the room to ``bent``; return whether there was anything."""
    phases, taps = kernel.shape
    half = taps // 2 - 1
    knee = np.float32(KNEE) * level
    reach = level - knee
    near = np.float32(_NEAR) * knee
    found = False
    for j in range(half, room.size - half - 1):
        if abs(room[j]) < near and abs(room[j + 1]) < near:
            continue
        first = j - half
        for phase in range(phases):
            value = np.float32(0)
            for tap in range(taps):
                value += kernel[phase, tap] * room[first + tap]
            over = abs(value) - knee
            if over > 0:
                found = True
                excess = over - reach * np.float32(np.tanh(over / reach))
                change = (excess if value < 0 else -excess) / np.float32(phases)
                for tap in range(taps):
                    bent[first + tap] += change * kernel[phase, tap]
    return found
