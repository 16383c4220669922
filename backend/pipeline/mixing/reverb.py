"""A room: eight combs and four all-passes for each ear.

References
----------
M. R. Schroeder, "Natural sounding artificial reverberation", JAES 10, 1962; J. A. Moorer, "About
this reverberation business", Computer Music Journal 3, 1979 (low-passes inside the combs). The
lengths are those of Freeverb (Jezar at Dreampoint, 2000, public domain), chosen for 44.1 kHz.
"""

import math

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.mixing.filters import Section, cascade_of, run_cascade

_COMBS = (1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617)
_ALL_PASSES = (556, 441, 341, 225)
_SPREAD = 23
"""Frames by which the lines of the right ear are longer."""
_MEAN_COMB_SECONDS = 0.0306
_MOST_FEEDBACK = 0.98
_RING = 2048
_PIECE = 128
"""Frames computed at once; shorter than every line, so that none meets its own output."""
_FLOOR = np.float32(1e-20)
"""−400 dB. Smaller numbers count as silence: processors are slow with the smallest."""


class Reverb:
    """A room that remembers from block to block what has been sent into it.

    The room's answer to an impulse has the impulse's energy: a longer one is not a louder one.

    Parameters
    ----------
    seconds : float
        In which the sound decays by 60 dB.
    damping : float
        How much faster the highs do, 0 to 1.
    before : float
        Seconds until the first reflection.
    filters : list of Section
        What the sound passes on its way in.
    """

    def __init__(
        self, seconds: float, damping: float, before: float, filters: list[Section]
    ) -> None:
        feedback = math.exp(-_MEAN_COMB_SECONDS * math.log(1000) / seconds)
        self._settings = np.array([min(_MOST_FEEDBACK, feedback), 0.4 * damping], np.float32)
        self._cascade = cascade_of(filters)
        self._before = round(before * SAMPLE_RATE)
        self._gain = 1.0
        self._empty()
        impulse = np.zeros((2, round((seconds + before) * SAMPLE_RATE)), np.float32)
        impulse[:, 0] = 1.0
        self.process(impulse, impulse)
        self._gain = math.sqrt(2 / max(1e-9, float(np.square(impulse).sum())))
        self._empty()

    def _empty(self) -> None:
        self._memory = np.zeros((len(self._cascade), 4))
        self._on_the_way = np.zeros(self._before)
        self._combs = np.zeros((2, len(_COMBS), _RING), np.float32)
        self._dulled = np.zeros((2, len(_COMBS)), np.float32)
        self._all_passes = np.zeros((2, len(_ALL_PASSES), _RING), np.float32)
        self._frames = 0

    def process(self, send: NDArray[np.float32], wet: NDArray[np.float32]) -> None:
        """Fill ``wet`` with the answer to the next block.

        Parameters
        ----------
        send, wet : ndarray
            Shape (2, frames). May be the same.
        """
        arriving = self._gain * send.sum(axis=0, dtype=np.float64)
        run_cascade(arriving, np.zeros_like(arriving), self._cascade, self._memory)
        waited = np.concatenate([self._on_the_way, arriving])
        self._on_the_way = waited[arriving.size :]
        sound = waited[: arriving.size].astype(np.float32)
        for ear in range(2):
            _answer(
                sound,
                wet[ear],
                self._settings,
                self._combs[ear],
                self._dulled[ear],
                self._all_passes[ear],
                (self._frames, ear * _SPREAD),
            )
        self._frames += sound.size


@compiled
def _answer(
    sound: NDArray[np.float32],
    wet: NDArray[np.float32],
    settings: NDArray[np.float32],
    combs: NDArray[np.float32],
    dulled: NDArray[np.float32],
    all_passes: NDArray[np.float32],
    place: tuple[int, int],
) -> None:
    """Compute one ear; ``place`` is the frame where the block starts, and the ear's spread."""
    start, spread = place
    for first in range(0, sound.size, _PIECE):
        piece = sound[first : first + _PIECE]
        out = wet[first : first + _PIECE]
        out[:] = np.float32(0)
        for k in range(0, len(_COMBS), 4):
            lengths = (
                _COMBS[k] + spread,
                _COMBS[k + 1] + spread,
                _COMBS[k + 2] + spread,
                _COMBS[k + 3] + spread,
            )
            _add_four_combs(
                piece,
                out,
                combs[k : k + 4],
                dulled[k : k + 4],
                settings,
                lengths,
                start + first,
            )
        for k in range(len(_ALL_PASSES)):
            _scatter(out, all_passes[k], _ALL_PASSES[k] + spread, start + first)


@compiled
def _add_four_combs(
    sound: NDArray[np.float32],
    out: NDArray[np.float32],
    rings: NDArray[np.float32],
    dulled: NDArray[np.float32],
    settings: NDArray[np.float32],
    lengths: tuple[int, int, int, int],
    start: int,
) -> None:
    """Add four feedback lines, side by side because each waits for its own last value."""
    feedback, damping = settings
    bright = np.float32(1) - damping
    one, two, three, four = dulled
    for i in range(sound.size):
        here = (start + i) & (_RING - 1)
        first = rings[0, (here - lengths[0]) & (_RING - 1)]
        second = rings[1, (here - lengths[1]) & (_RING - 1)]
        third = rings[2, (here - lengths[2]) & (_RING - 1)]
        fourth = rings[3, (here - lengths[3]) & (_RING - 1)]
        one = _audible(first * bright + one * damping)
        two = _audible(second * bright + two * damping)
        three = _audible(third * bright + three * damping)
        four = _audible(fourth * bright + four * damping)
        rings[0, here] = sound[i] + one * feedback
        rings[1, here] = sound[i] + two * feedback
        rings[2, here] = sound[i] + three * feedback
        rings[3, here] = sound[i] + four * feedback
        out[i] += (first + second) + (third + fourth)
    dulled[0] = one
    dulled[1] = two
    dulled[2] = three
    dulled[3] = four


@compiled
def _scatter(out: NDArray[np.float32], ring: NDArray[np.float32], length: int, start: int) -> None:
    """Pass the sound through an all-pass, in place; the ring is used up to the line's length."""
    place = start % length
    until = min(out.size, length - place)
    _scatter_run(out[:until], ring[place : place + until])
    _scatter_run(out[until:], ring[: out.size - until])


@compiled
def _scatter_run(out: NDArray[np.float32], line: NDArray[np.float32]) -> None:
    for i in range(out.size):
        before = _audible(line[i])
        line[i] = out[i] + before * np.float32(0.5)
        out[i] = before - out[i]


@compiled
def _audible(value: np.float32) -> np.float32:
    return value if abs(value) > _FLOOR else np.float32(0)
