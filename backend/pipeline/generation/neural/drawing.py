"""Draw from the model's probabilities so that every machine draws the same."""

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.generation.neural.vocabulary import FloatArray, IntArray

FLOOR = 0.02
"""Choices less likely than this share of the likeliest are never taken."""
DECIMALS = 6
"""Probabilities are rounded: the last bits of float32 sums differ between processors."""

Probabilities = NDArray[np.float64]


def probabilities(
    scores: FloatArray, allowed: NDArray[np.bool_], temperature: float
) -> Probabilities:
    """Turn scores into probabilities of what is allowed.

    Parameters
    ----------
    scores, allowed : ndarray
        Shape (n, choices); at least one choice is allowed in each row.
    temperature : float
        Below 1 bolder choices get rarer.
    """
    sharpened = np.where(allowed, scores.astype(np.float64) / temperature, -np.inf)
    weights = np.exp(sharpened - sharpened.max(axis=1, keepdims=True))
    weights[weights < FLOOR] = 0
    rounded: Probabilities = np.round(weights / weights.sum(axis=1, keepdims=True), DECIMALS)
    return rounded


def draw(chances: Probabilities, uniform: NDArray[np.float64]) -> IntArray:
    """Choose one per row by the inverse of the cumulative distribution.

    Parameters
    ----------
    chances : ndarray
        Shape (n, choices); rows need not sum to 1, but must not be all zero.
    uniform : ndarray
        Shape (n,): numbers in [0, 1).
    """
    heights = np.cumsum(chances, axis=1)
    chosen: IntArray = (heights <= uniform[:, None] * heights[:, -1:]).sum(axis=1)
    return chosen
