"""A look-ahead limiter whose ceiling holds between the samples as well.

The wave between two samples can rise above both (ITU-R BS.1770, annex 2). ``inter_sample_peaks``
reconstructs it at eight points per sample; ``gain_curve`` turns the peaks into a gain that is down
before each peak arrives and recovers slowly after it. Peaks scale with the signal, so they are
computed once however often the drive into the limiter is tried. Peaks and gains are kept per group
of eight frames (0.18 ms); ``apply_gain`` draws straight lines between them.
"""

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray
from scipy.signal import firwin

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled

GROUP = 8
"""Frames per peak and gain value."""

LOOK_AHEAD_SECONDS = 0.003
_RELEASE_SECONDS = 0.12
_DEEP_RELEASE_SECONDS = 0.02
"""While the gain is more than 2.5 dB lower than needed: one hard peak must not duck the music."""
_PHASES = 8
_TAPS = 32
_CHUNK = 1 << 16

_KERNEL = np.ascontiguousarray(
    (firwin(_PHASES * _TAPS, 1 / _PHASES, window=("kaiser", 7.0)) * _PHASES)
    .reshape(_TAPS, _PHASES)
    .T[1:, ::-1],
    dtype=np.float32,
)


def inter_sample_peaks(audio: NDArray[np.float32], threshold: float) -> NDArray[np.float32]:
    """Return the highest magnitude of the continuous wave in each group of eight frames.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    threshold : float
        Frames whose own and next samples are all below it are not interpolated.

    Returns
    -------
    ndarray
        Shape (ceil(frames / 8),), over both channels.
    """
    audio = np.ascontiguousarray(audio)
    peaks = np.zeros(-(-audio.shape[1] // GROUP), dtype=np.float32)
    with ThreadPoolExecutor(2) as threads:
        tasks = [
            threads.submit(
                _fill_peaks, audio, _KERNEL, np.float32(threshold), peaks, start, start + _CHUNK
            )
            for start in range(0, peaks.size, _CHUNK)
        ]
        for task in tasks:
            task.result()
    return peaks


def true_peak_dbtp(audio: NDArray[np.float32]) -> float:
    """Return the highest peak of the continuous wave in dBTP; −120 for silence."""
    highest = max(float(audio.max(initial=0.0)), -float(audio.min(initial=0.0)))
    if highest < 1e-6:
        return -120.0
    return 20 * math.log10(float(inter_sample_peaks(audio, 0.5 * highest).max()))


def gain_curve(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float32]:
    """Return the gain per group that keeps the peaks at or under the ceiling.

    Parameters
    ----------
    peaks : ndarray
        As ``inter_sample_peaks`` gives them.
    ceiling : float
        Linear, on the scale of the peaks.
    """
    reach = round(LOOK_AHEAD_SECONDS * SAMPLE_RATE / GROUP)
    slow, fast = (
        np.float32(math.exp(-GROUP / (seconds * SAMPLE_RATE)))
        for seconds in (_RELEASE_SECONDS, _DEEP_RELEASE_SECONDS)
    )
    return _smooth(peaks, np.float32(ceiling), reach, slow, fast)


def apply_gain(audio: NDArray[np.float32], curve: NDArray[np.float32], drive: float) -> None:
    """Multiply ``audio`` in place by ``drive`` and the curve, group by group."""
    _apply(audio, curve, np.float32(drive))


@compiled
def _fill_peaks(
    audio: NDArray[np.float32],
    kernel: NDArray[np.float32],
    threshold: np.float32,
    peaks: NDArray[np.float32],
    first_group: int,
    last_group: int,
) -> None:
    frames = audio.shape[1]
    phases, taps = kernel.shape
    before = taps // 2 - 1
    for group in range(first_group, min(peaks.size, last_group)):
        highest = np.float32(0)
        for i in range(group * 8, min(frames, group * 8 + 8)):
            near = max(abs(audio[0, i]), abs(audio[1, i]))
            highest = max(highest, near)
            if i + 1 < frames:
                near = max(near, abs(audio[0, i + 1]), abs(audio[1, i + 1]))
            first = i - before
            if near > threshold and first >= 0 and first + taps <= frames:
                for channel in range(2):
                    for phase in range(phases):
                        value = np.float32(0)
                        for tap in range(taps):
                            value += kernel[phase, tap] * audio[channel, first + tap]
                        highest = max(highest, abs(value))
        peaks[group] = highest


@compiled
def _smooth(
    peaks: NDArray[np.float32],
    ceiling: np.float32,
    reach: int,
    slow: np.float32,
    fast: np.float32,
) -> NDArray[np.float32]:
    groups = peaks.size
    gain = np.empty(groups, np.float32)
    # the highest peak within ±reach of each group, by a monotonic queue
    queue = np.empty(groups + reach, np.int64)
    head = 0
    tail = 0
    level = np.float32(1)
    for i in range(groups + reach):
        if i < groups:
            while tail > head and peaks[queue[tail - 1]] <= peaks[i]:
                tail -= 1
            queue[tail] = i
            tail += 1
        centre = i - reach
        if centre >= 0:
            while queue[head] < centre - reach:
                head += 1
            highest = peaks[queue[head]]
            wanted = ceiling / highest if highest > ceiling else np.float32(1)
            release = fast if level < np.float32(0.75) * wanted else slow
            level = min(wanted, wanted + (level - wanted) * release)
            gain[centre] = level
    return _rounded(gain, reach // 2)


@compiled
def _rounded(gain: NDArray[np.float32], half: int) -> NDArray[np.float32]:
    """Take the mean over ±half: it rounds the corners and stays below what each peak allows."""
    groups = gain.size
    smooth = np.empty(groups, np.float32)
    total = 0.0
    count = 0
    for i in range(-half, groups):
        if i + half < groups:
            total += gain[i + half]
            count += 1
        if i - half - 1 >= 0:
            total -= gain[i - half - 1]
            count -= 1
        if i >= 0:
            smooth[i] = total / count
    return smooth


@compiled
def _apply(audio: NDArray[np.float32], curve: NDArray[np.float32], drive: np.float32) -> None:
    frames = audio.shape[1]
    for group in range(curve.size):
        here = curve[group] * drive
        after = curve[min(group + 1, curve.size - 1)] * drive
        step = (after - here) / np.float32(8)
        for k in range(min(8, frames - group * 8)):
            gain = here + step * np.float32(k)
            audio[0, group * 8 + k] *= gain
            audio[1, group * 8 + k] *= gain
