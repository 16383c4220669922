"""Saturation and compression of a block of sound.

References
----------
D. Giannoulis, M. Massberg, J. Reiss, "Digital Dynamic Range Compressor Design", JAES 60, 2012: a
feed-forward compressor with a branching peak detector.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled

_STEPS_PER_UNIT = 128
_MOST_OVER = 64
"""Thirty-six decibels over the threshold; what is higher gets the gain of there."""


class Compressor(NamedTuple):
    """A compressor as its loop needs it."""

    threshold: float
    """As an amplitude."""
    attack: float
    release: float
    """What the detector keeps of its value from one frame to the next."""
    gains: NDArray[np.float64]
    """Gain at every 128th of the threshold over the threshold; empty where nothing compresses. Read
    with straight lines between, it is right to 1e-5."""


NO_COMPRESSOR = Compressor(1.0, 0.0, 0.0, np.empty(0))


def compressor(
    threshold_db: float, ratio: float, attack_ms: float, release_ms: float
) -> Compressor:
    """Return a compressor; levels in dBFS, times in milliseconds."""
    over = 1 + np.arange(_MOST_OVER * _STEPS_PER_UNIT + 2) / _STEPS_PER_UNIT
    return Compressor(
        10 ** (threshold_db / 20),
        math.exp(-2000 * math.pi / (SAMPLE_RATE * attack_ms)),
        math.exp(-2000 * math.pi / (SAMPLE_RATE * release_ms)),
        np.power(over, 1 / ratio - 1),
    )


@compiled
def compress(
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    settings: Compressor,
    levels: NDArray[np.float64],
) -> None:
    """Compress two channels in place, each by itself.

    Parameters
    ----------
    left, right : ndarray
        Equally long.
    settings : Compressor
        The settings.
    levels : ndarray
        Shape (2,): the detectors' values, kept from one block to the next.
    """
    threshold, attack, release, gains = settings
    one, two = levels
    scale = _STEPS_PER_UNIT / threshold
    for i in range(left.size):
        now = abs(left[i])
        one = now + (attack if now > one else release) * (one - now)
        now = abs(right[i])
        two = now + (attack if now > two else release) * (two - now)
        if one > threshold:
            left[i] *= _gain(gains, (one - threshold) * scale)
        if two > threshold:
            right[i] *= _gain(gains, (two - threshold) * scale)
    levels[0] = one
    levels[1] = two


@compiled
def _gain(gains: NDArray[np.float64], place: float) -> float:
    place = min(place, gains.size - 2.0)
    step = int(place)
    here = gains[step]
    return float(here + (gains[step + 1] - here) * (place - step))


@compiled
def saturate(audio: NDArray[np.float64], drive: float, makeup: float) -> None:
    """Bend a wave by a hyperbolic tangent, in place; ``drive`` and ``makeup`` are factors."""
    for i in range(audio.size):
        audio[i] = makeup * (1.0 - 2.0 / (np.exp(2.0 * drive * audio[i]) + 1.0))
