"""The tone of the whole mix: its spectrum brought towards the style's, its sides to their width."""

import numpy as np
from numpy.typing import NDArray
from pedalboard import HighpassFilter, HighShelfFilter, LowShelfFilter, PeakFilter, Pedalboard
from scipy.signal import butter, sosfilt

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.spectrum import OCTAVES_HZ, octave_levels_db

_RUMBLE_HZ = 26.0
_MOST_CUT_DB, _MOST_BOOST_DB = 7.0, 6.0
_SHARE = 0.85
"""Part of the difference that is corrected: the song keeps a colour of its own."""
_BAND_Q = 1.2
_MONO_BELOW_HZ = 120.0
_NARROW_DB, _WIDE_DB = -20.0, -7.0
_MOST_WIDENING_DB = 4.0


def equaliser(
    spectra: NDArray[np.float64], target_db: tuple[float, ...]
) -> tuple[Pedalboard, NDArray[np.float64]]:
    """Return the filters that bring a spectrum towards a target, and their gains.

    Parameters
    ----------
    spectra : ndarray
        Of the mix, as ``sample_spectra`` gives them.
    target_db : tuple of float
        Level of each octave band relative to the whole.

    Returns
    -------
    tuple
        The filters, and the gain of each octave band in dB.
    """
    difference = np.array(target_db) - octave_levels_db(spectra)
    difference -= np.median(difference[1:8])  # a matter of loudness, not of tone
    gains = np.clip(_SHARE * difference, -_MOST_CUT_DB, _MOST_BOOST_DB)
    gains[0] = min(gains[0], 3.0)
    gains[-1] = min(gains[-1], 4.0)
    low, *bells, high = zip(OCTAVES_HZ, gains, strict=True)
    return Pedalboard(
        [
            HighpassFilter(_RUMBLE_HZ),
            LowShelfFilter(low[0] * 2**0.5, float(low[1]), 0.7),
            *(PeakFilter(frequency, float(gain), _BAND_Q) for frequency, gain in bells),
            HighShelfFilter(high[0] / 2**0.5, float(high[1]), 0.7),
        ]
    ), gains


class Width:
    """Sets how wide the mix is, and keeps its bass in the middle.

    Parameters
    ----------
    mix : ndarray
        Shape (2, frames); its width is measured on windows of it.
    width : float
        0 narrow to 1 wide.
    """

    def __init__(self, mix: NDArray[np.float32], width: float) -> None:
        wanted = _NARROW_DB + width * (_WIDE_DB - _NARROW_DB)
        change = float(np.clip(wanted - _side_db(mix), -_MOST_WIDENING_DB, _MOST_WIDENING_DB))
        self._gain = np.float32(10 ** (change / 20))
        self._sections = butter(2, _MONO_BELOW_HZ, "high", fs=SAMPLE_RATE, output="sos").astype(
            np.float32
        )
        self._state = np.zeros((len(self._sections), 2), dtype=np.float32)

    def process(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the next block, shape (2, frames), at its width."""
        middle = (block[0] + block[1]) * np.float32(0.5)
        side = (block[0] - block[1]) * (np.float32(0.5) * self._gain)
        side, self._state = sosfilt(self._sections, side, zi=self._state)
        return np.stack([middle + side, middle - side])


def _side_db(mix: NDArray[np.float32]) -> float:
    """Return the level of the sides relative to the middle, from every 16th window of 4096."""
    middle, side = 1e-9, 1e-9
    for start in range(0, mix.shape[1], 16 * 4096):
        left, right = mix[:, start : start + 4096]
        middle += float(np.square(left + right).sum())
        side += float(np.square(left - right).sum())
    return 10 * float(np.log10(side / middle))
