"""Equaliser filters of second order, run two at a time over both channels.

References
----------
R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients" (W3C Note, 2021).
"""

import math

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled

Section = tuple[float, float, float, float, float]
"""b0, b1, b2, a1, a2 of a filter; a0 is 1."""

_PASS: Section = (1.0, 0.0, 0.0, 0.0, 0.0)


def high_pass(hz: float) -> Section:
    """Return a high-pass of first order, 6 dB per octave."""
    k = math.tan(math.pi * hz / SAMPLE_RATE)
    return 1 / (1 + k), -1 / (1 + k), 0.0, (k - 1) / (k + 1), 0.0


def low_pass(hz: float) -> Section:
    """Return a low-pass of first order, 6 dB per octave."""
    k = math.tan(math.pi * hz / SAMPLE_RATE)
    return k / (1 + k), k / (1 + k), 0.0, (k - 1) / (k + 1), 0.0


def bell(hz: float, gain_db: float, q: float) -> Section:
    """Return a filter that lifts or lowers what lies around a frequency."""
    gain, cosine, alpha = _terms(hz, gain_db, q)
    return _normalised(
        (1 + alpha * gain, -2 * cosine, 1 - alpha * gain),
        (1 + alpha / gain, -2 * cosine, 1 - alpha / gain),
    )


def low_shelf(hz: float, gain_db: float, q: float) -> Section:
    """Return a filter that lifts or lowers what lies below a frequency."""
    return _shelf(*_terms(hz, gain_db, q), -1.0)


def high_shelf(hz: float, gain_db: float, q: float) -> Section:
    """Return a filter that lifts or lowers what lies above a frequency."""
    return _shelf(*_terms(hz, gain_db, q), 1.0)


def cascade_of(sections: list[Section]) -> NDArray[np.float64]:
    """Return filters in a row as ``run_cascade`` takes them: shape (even count, 5)."""
    return np.array([*sections, *[_PASS] * (len(sections) % 2)], dtype=np.float64).reshape(-1, 5)


def _terms(hz: float, gain_db: float, q: float) -> tuple[float, float, float]:
    angle = 2 * math.pi * hz / SAMPLE_RATE
    return 10 ** (gain_db / 40), math.cos(angle), math.sin(angle) / (2 * q)


def _shelf(gain: float, cosine: float, alpha: float, side: float) -> Section:
    """Return a shelf; ``side`` is 1 for the highs, −1 for the lows."""
    more, less, bend = gain + 1, side * (gain - 1), 2 * math.sqrt(gain) * alpha
    return _normalised(
        (
            gain * (more + less * cosine + bend),
            -2 * gain * (less + more * cosine),
            gain * (more + less * cosine - bend),
        ),
        (
            more - less * cosine + bend,
            2 * (less - more * cosine),
            more - less * cosine - bend,
        ),
    )


def _normalised(b: tuple[float, float, float], a: tuple[float, float, float]) -> Section:
    return b[0] / a[0], b[1] / a[0], b[2] / a[0], a[1] / a[0], a[2] / a[0]


@compiled
def run_cascade(
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    cascade: NDArray[np.float64],
    state: NDArray[np.float64],
) -> None:
    """Filter two channels in place.

    Each filter is in transposed direct form II. Its next output waits for its last one; two filters
    and two channels in one loop keep the processor busy meanwhile.

    Parameters
    ----------
    left, right : ndarray
        Equally long.
    cascade : ndarray
        Shape (filters, 5), an even number of them.
    state : ndarray
        Shape (filters, 4); what the filters remember from one block to the next.
    """
    for k in range(0, cascade.shape[0], 2):
        b0, b1, b2, a1, a2 = cascade[k]
        d0, d1, d2, c1, c2 = cascade[k + 1]
        l1, l2, r1, r2 = state[k]
        m1, m2, s1, s2 = state[k + 1]
        for i in range(left.size):
            x = left[i]
            y = b0 * x + l1
            l1 = b1 * x - a1 * y + l2
            l2 = b2 * x - a2 * y
            z = d0 * y + m1
            m1 = d1 * y - c1 * z + m2
            m2 = d2 * y - c2 * z
            left[i] = z
            x = right[i]
            y = b0 * x + r1
            r1 = b1 * x - a1 * y + r2
            r2 = b2 * x - a2 * y
            z = d0 * y + s1
            s1 = d1 * y - c1 * z + s2
            s2 = d2 * y - c2 * z
            right[i] = z
        state[k, 0] = l1
        state[k, 1] = l2
        state[k, 2] = r1
        state[k, 3] = r2
        state[k + 1, 0] = m1
        state[k + 1, 1] = m2
        state[k + 1, 2] = s1
        state[k + 1, 3] = s2
