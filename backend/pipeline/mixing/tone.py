"""The tone of the whole mix: its spectrum brought towards the style's, its sides to their width."""

import numpy as np
from numpy.typing import NDArray
from pedalboard import HighpassFilter, HighShelfFilter, LowShelfFilter, PeakFilter, Pedalboard
from scipy.signal import butter, sosfilt

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.spectrum import OCTAVES_HZ, WINDOW, octave_levels_db

_RUMBLE_HZ = 26.0
_MOST_CUT_DB, _MOST_BOOST_DB = 9.0, 6.0
_EDGE_BOOST_DB = 3.0
"""For the lowest and the highest band: what is not there cannot be brought out."""
_AIR_CUT_DB = 16.0
"""For the highest band: taking air away is heard as warmth, and sampled cymbals have much of it."""
_SHARE = 0.85
"""Part of the difference that is corrected: the song keeps a colour of its own."""
_BAND_Q = 1.2
_TRIALS = 6
_MONO_BELOW_HZ = 120.0
_NARROW_DB, _WIDE_DB = -20.0, -7.0
_MOST_WIDENING_DB = 4.0


def equaliser(spectra: NDArray[np.float64], target_db: tuple[float, ...]) -> Pedalboard:
    """Return the filters that bring a spectrum towards a target.

    Neighbouring filters overlap, so their gains are found in a few steps, each of which looks at
    what the filters of the one before would leave.

    Parameters
    ----------
    spectra : ndarray
        Of the mix, as ``sample_spectra`` gives them.
    target_db : tuple of float
        Level of each octave band relative to the whole.
    """
    spectrum = spectra.sum(axis=0, keepdims=True)
    wanted = _SHARE * _difference(spectrum, target_db)
    most = np.full(len(OCTAVES_HZ), _MOST_BOOST_DB)
    most[0] = most[-1] = _EDGE_BOOST_DB
    least = np.full(len(OCTAVES_HZ), -_MOST_CUT_DB)
    least[-1] = -_AIR_CUT_DB
    gains = np.zeros(len(OCTAVES_HZ))
    for _ in range(_TRIALS):
        heard = _difference(spectrum * _response(_filters(gains)), target_db)
        done = _difference(spectrum, target_db) - heard
        gains = np.clip(gains + wanted - done, least, most)
    return _filters(gains)


def _difference(spectrum: NDArray[np.float64], target_db: tuple[float, ...]) -> NDArray[np.float64]:
    """Return how far each band lies below its target; the whole level does not matter."""
    difference = np.array(target_db) - octave_levels_db(spectrum)
    return np.asarray(difference - np.median(difference[1:8]))


def _filters(gains: NDArray[np.float64]) -> Pedalboard:
    low, *bells, high = zip(OCTAVES_HZ, map(float, gains), strict=True)
    return Pedalboard(
        [
            HighpassFilter(_RUMBLE_HZ),
            LowShelfFilter(low[0] * 2**0.5, low[1], 0.7),
            *(PeakFilter(frequency, gain, _BAND_Q) for frequency, gain in bells),
            HighShelfFilter(high[0] / 2**0.5, high[1], 0.7),
        ]
    )


def _response(board: Pedalboard) -> NDArray[np.float64]:
    """Return the power response of filters at ``FREQUENCIES_HZ``."""
    impulse = np.zeros(WINDOW, dtype=np.float32)
    impulse[0] = 1.0
    return np.square(np.abs(np.fft.rfft(board(impulse, SAMPLE_RATE))))


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
