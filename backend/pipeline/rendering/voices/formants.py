"""A mouth behind a synthesiser: the resonances that make a wave a vowel.

References
----------
G. Peterson, H. Barney, "Control Methods Used in a Study of the Vowels", JASA 24(2), 1952: the
formants, means of women. D. Klatt, "Software for a Cascade/Parallel Formant Synthesizer", JASA
67(3), 1980: resonances side by side, each with its level. The filter is that of ``subtractive``.
"""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.compiled import compiled

FORMANTS = 3

_RATE = 44_100.0
_CLOSED_HZ = (370.0, 950.0, 2670.0)
"""The vowel of "who"."""
_OPEN_HZ = (850.0, 1220.0, 2810.0)
"""The vowel of "father"."""
_WIDTHS_HZ = (320.0, 340.0, 450.0)
"""Wider than one singer's, as those of several differ."""
_LEVELS = (1.0, 0.55, 0.4)
_UNSHAPED = 0.2
"""Share of the wave that goes past the mouth, so that no note between formants is lost."""


@compiled
def shape_vowel(block: NDArray[np.float64], state: NDArray[np.float64], openness: float) -> None:
    """Turn a wave into a vowel, in place.

    Parameters
    ----------
    block : ndarray
        Shape (2, frames).
    state : ndarray
        Shape (``FORMANTS``, 4), zeros at first: what the resonances hold.
    openness : float
        From 0, the vowel of "who", to 1, that of "father".
    """
    shaped = _UNSHAPED * block
    for n in range(FORMANTS):
        hz = _CLOSED_HZ[n] * (_OPEN_HZ[n] / _CLOSED_HZ[n]) ** openness
        _resonate(block, shaped, state[n], hz, _WIDTHS_HZ[n] / hz, _LEVELS[n])
    block[:] = shaped


@compiled
def _resonate(
    block: NDArray[np.float64],
    shaped: NDArray[np.float64],
    state: NDArray[np.float64],
    hz: float,
    damping: float,
    level: float,
) -> None:
    """Add what a band-pass of the given level at its peak lets through."""
    g = np.tan(np.pi * hz / _RATE)
    a1 = 1.0 / (1.0 + g * (g + damping))
    gain = level * damping
    left_one, left_two, right_one, right_two = state
    for i in range(block.shape[1]):
        band = a1 * (left_one + g * (block[0, i] - left_two))
        low = left_two + g * band
        left_one = 2.0 * band - left_one
        left_two = 2.0 * low - left_two
        shaped[0, i] += gain * band
        band = a1 * (right_one + g * (block[1, i] - right_two))
        low = right_two + g * band
        right_one = 2.0 * band - right_one
        right_two = 2.0 * low - right_two
        shaped[1, i] += gain * band
    state[0] = left_one
    state[1] = left_two
    state[2] = right_one
    state[3] = right_two
