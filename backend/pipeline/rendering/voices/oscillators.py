"""Waves, a few frames at a time.

All take phases in turns, so that a frame's wave depends on no other frame and several are computed
at once.

References
----------
V. Välimäki, A. Huovilainen, "Antialiasing Oscillators in Subtractive Synthesis", IEEE Signal
Processing Magazine, 2007 (polyBLEP).
"""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.compiled import compiled

STEP = 16
"""Frames computed at once: pitch and cutoff stand still meanwhile."""


@compiled
def add_saw(
    block: NDArray[np.float64], start: float, step: float, left: float, right: float
) -> None:
    """Add a saw whose jump is rounded by a parabola on either side of it.

    Parameters
    ----------
    block : ndarray
        Shape (2, ``STEP``).
    start : float
        Phase of the first frame, in turns.
    step : float
        Turns per frame.
    left, right : float
        Gains.
    """
    inverse = 1.0 / step
    for i in range(STEP):
        phase = start + i * step
        phase -= np.floor(phase)
        after = max(0.0, 1.0 - phase * inverse)
        before = max(0.0, 1.0 - (1.0 - phase) * inverse)
        value = 2.0 * phase - 1.0 + after * after - before * before
        block[0, i] += value * left
        block[1, i] += value * right


@compiled
def add_triangle(
    block: NDArray[np.float64], start: float, step: float, left: float, right: float
) -> None:
    """Add a triangle; it has too little above its tone to need rounding."""
    for i in range(STEP):
        phase = start + i * step
        value = 4.0 * abs(phase - np.floor(phase) - 0.5) - 1.0
        block[0, i] += value * left
        block[1, i] += value * right


@compiled
def add_sine(
    block: NDArray[np.float64], start: float, step: float, left: float, right: float
) -> None:
    """Add a sine: a pointer that turns by the same angle from frame to frame."""
    sine = np.sin(2.0 * np.pi * start)
    cosine = np.cos(2.0 * np.pi * start)
    turn_sine = np.sin(2.0 * np.pi * step)
    turn_cosine = np.cos(2.0 * np.pi * step)
    for i in range(STEP):
        block[0, i] += sine * left
        block[1, i] += sine * right
        turned = sine * turn_cosine + cosine * turn_sine
        cosine = cosine * turn_cosine - sine * turn_sine
        sine = turned
