"""The effects that all tracks share: a room, a hall and an echo in time with the music."""

import math
from concurrent.futures import Executor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pedalboard import Delay, Gain, HighpassFilter, LowpassFilter, Pedalboard, Reverb

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.styles.model import MixStyle

ROOM, HALL, ECHO = 0, 1, 2
"""Rows of the send buses."""

_ROOM_SECONDS = 0.7
_DOTTED_EIGHTH = 0.75
_MEAN_COMB_SECONDS = 0.0306


class Returns:
    """Turns the sends into reverb and echo, block by block.

    Parameters
    ----------
    habits : MixStyle
        The hall's length.
    tempo_bpm : float
        For the echo.
    """

    def __init__(self, habits: MixStyle, tempo_bpm: float) -> None:
        beat = 60.0 / tempo_bpm
        self._boards = (
            _unity([HighpassFilter(180), _reverb(_ROOM_SECONDS, 0.5), LowpassFilter(9000)], 1.0),
            _unity(
                [
                    HighpassFilter(220),
                    Delay(0.022, feedback=0.0, mix=1.0),
                    _reverb(habits.hall_seconds, 0.4),
                    LowpassFilter(9500),
                ],
                habits.hall_seconds,
            ),
            Pedalboard(
                [
                    HighpassFilter(300),
                    Delay(beat * _DOTTED_EIGHTH, feedback=0.35, mix=1.0),
                    LowpassFilter(5500),
                ]
            ),
        )

    def process(self, sends: NDArray[np.float32], threads: Executor) -> NDArray[np.float32]:
        """Return the sum of the effects for the next block.

        Parameters
        ----------
        sends : ndarray
            Shape (3, 2, frames): room, hall, echo.
        threads : Executor
            The three run side by side.

        Returns
        -------
        ndarray
            Shape (2, frames).
        """
        wet = threads.map(_run, self._boards, sends)
        total: NDArray[np.float32] = np.sum(list(wet), axis=0, dtype=np.float32)
        return total


def _run(board: Pedalboard, send: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = board(send, SAMPLE_RATE, reset=False)
    return result


def _reverb(seconds: float, damping: float) -> Reverb:
    """Return a reverb that decays by 60 dB in ``seconds``.

    The feedback of Freeverb's combs is 0.7 + 0.28 × room size, their mean delay 31 ms.
    """
    feedback = math.exp(-_MEAN_COMB_SECONDS * math.log(1000) / seconds)
    size = min(1.0, max(0.0, (feedback - 0.7) / 0.28))
    return Reverb(room_size=size, damping=damping, wet_level=1.0, dry_level=0.0, width=1.0)


def _unity(processors: list[Any], seconds: float) -> Pedalboard:
    """Return a board whose answer to an impulse has the impulse's energy.

    A reverb's loudness grows with its length; so a send's level means the same in every room.
    """
    impulse = np.zeros((2, round(seconds * SAMPLE_RATE)), dtype=np.float32)
    impulse[:, 0] = 1.0
    energy = float(np.square(Pedalboard(processors)(impulse, SAMPLE_RATE)).sum()) / 2
    board = Pedalboard([*processors, Gain(-10 * math.log10(max(energy, 1e-9)))])
    board.reset()
    return board
