"""How the two channels go together, and what is left of them on one loudspeaker."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.mixing.loudness import SILENCE_LUFS, integrated_lufs

_BLOCK = 1 << 15
_INAUDIBLE_POWER = 1e-12


@dataclass(frozen=True, slots=True)
class Stereo:
    """Measured over the whole song."""

    correlation: float
    """Of the channels (Pearson): 1 where they are equal, 0 where they share nothing or one of them
    is silent, −1 where they are opposite."""
    mono_loss_lu: float
    """By how much the song is softer when both loudspeakers play the mean of the channels."""


def measure_stereo(
    audio: NDArray[np.float32],
    energies: NDArray[np.float64],
    mono_energies: NDArray[np.float64],
) -> Stereo | None:
    """Look at the channels beside each other; None where there is nothing to hear.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    energies, mono_energies : ndarray
        Of the audio, as ``stereo_and_mono_energies`` gives them.
    """
    loudness = integrated_lufs(energies)
    if loudness <= SILENCE_LUFS:
        return None
    return Stereo(_correlation(audio), loudness - integrated_lufs(mono_energies))


def _correlation(audio: NDArray[np.float32]) -> float:
    sums, products = np.zeros(2), np.zeros((2, 2))
    for start in range(0, audio.shape[1], _BLOCK):
        block = audio[:, start : start + _BLOCK]
        sums += block.sum(axis=1)
        products += block @ block.T
    means = sums / audio.shape[1]
    shared = products / audio.shape[1] - np.outer(means, means)
    left, right = float(shared[0, 0]), float(shared[1, 1])
    if min(left, right) < _INAUDIBLE_POWER:
        return 0.0
    return float(shared[0, 1]) / math.sqrt(left * right)
