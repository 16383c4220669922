"""The tone of the whole mix: its spectrum brought towards the style's, its sides to their width."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, freqz_sos

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.mixing.filters import bell, cascade_of, high_pass, high_shelf, low_shelf
from backend.pipeline.mixing.spectrum import FREQUENCIES_HZ, OCTAVES_HZ, octave_levels_db
from backend.pipeline.mixing.tones import TONES

_RUMBLE_HZ = 26.0
_MOST_CUT_DB, _MOST_BOOST_DB = 9.0, 7.5
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


def equaliser(spectra: NDArray[np.float64], tone: str) -> NDArray[np.float64]:
    """Return the filters that bring a spectrum towards a target, as ``Chain`` takes them.

    Neighbouring filters overlap, so their gains are found in a few steps, each of which looks at
    what the filters of the one before would leave. Without a target they take away rumble alone.

    Parameters
    ----------
    spectra : ndarray
        Of the mix, as ``sample_spectra`` gives them.
    tone : str
        Name of the target; empty where there is none.
    """
    if not tone:
        return _filters(np.zeros(len(OCTAVES_HZ)))
    target_db = TONES[tone]
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


def _filters(gains: NDArray[np.float64]) -> NDArray[np.float64]:
    low, *bells, high = zip(OCTAVES_HZ, map(float, gains), strict=True)
    return cascade_of(
        [
            high_pass(_RUMBLE_HZ),
            low_shelf(low[0] * 2**0.5, low[1], 0.7),
            *(bell(frequency, gain, _BAND_Q) for frequency, gain in bells),
            high_shelf(high[0] / 2**0.5, high[1], 0.7),
        ]
    )


def _response(cascade: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power response of filters at ``FREQUENCIES_HZ``."""
    sections = np.insert(cascade, 3, 1.0, axis=1)
    _, response = freqz_sos(sections, worN=FREQUENCIES_HZ, fs=SAMPLE_RATE)
    return np.square(np.abs(response))


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
        self._gain = 10 ** (change / 20)
        self._section = butter(2, _MONO_BELOW_HZ, "high", fs=SAMPLE_RATE, output="sos")[0]
        self._state = np.zeros(2)

    def process(self, source: NDArray[np.float32], target: NDArray[np.float32]) -> None:
        """Fill ``target`` with the next block at its width; both have shape (2, frames)."""
        _widen(source, target, self._gain, self._section, self._state)


@compiled
def _widen(
    source: NDArray[np.float32],
    target: NDArray[np.float32],
    gain: float,
    section: NDArray[np.float64],
    state: NDArray[np.float64],
) -> None:
    """Filter and scale the difference of the sides; leave their sum as it is."""
    b0, b1, b2, _, a1, a2 = section
    one, two = state
    for i in range(source.shape[1]):
        middle = 0.5 * (source[0, i] + source[1, i])
        side = 0.5 * gain * (source[0, i] - source[1, i])
        high = b0 * side + one
        one = b1 * side - a1 * high + two
        two = b2 * side - a2 * high
        target[0, i] = middle + high
        target[1, i] = middle - high
    state[0] = one
    state[1] = two


def _side_db(mix: NDArray[np.float32]) -> float:
    """Return the level of the sides relative to the middle, from every 16th window of 4096."""
    middle, side = 1e-9, 1e-9
    for start in range(0, mix.shape[1], 16 * 4096):
        left, right = mix[:, start : start + 4096]
        middle += float(np.square(left + right).sum())
        side += float(np.square(left - right).sum())
    return 10 * float(np.log10(side / middle))
