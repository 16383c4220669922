"""The effects that all tracks share: a room, a hall and an echo in time with the music."""

from collections.abc import Callable
from concurrent.futures import Executor, Future

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.mixing.chain import Chain
from backend.pipeline.mixing.filters import cascade_of, high_pass, low_pass
from backend.pipeline.mixing.reverb import Reverb
from backend.pipeline.styles.model import MixStyle

ROOM, HALL, ECHO = 0, 1, 2
"""Rows of the send buses."""

_ROOM_SECONDS = 0.7
_DOTTED_EIGHTH = 0.75
_ECHO_FEEDBACK = 0.35

Sound = NDArray[np.float32]


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
        room = Reverb(_ROOM_SECONDS, 0.5, 0.0, [high_pass(180), low_pass(9000)])
        hall = Reverb(habits.hall_seconds, 0.4, 0.022, [high_pass(220), low_pass(9500)])
        echo = Echo(60.0 / tempo_bpm * _DOTTED_EIGHTH)
        self._effects: tuple[Callable[[Sound, Sound], None], ...] = (
            room.process,
            hall.process,
            echo.process,
        )

    def begin(self, sends: Sound, threads: Executor) -> list[Future[None]]:
        """Begin to replace the sends of the next block by what the effects return.

        Nothing may touch the sends, and no other block may begin, before all of it is done.

        Parameters
        ----------
        sends : ndarray
            Shape (3, 2, frames): room, hall, echo.
        threads : Executor
            The three run side by side.
        """
        return [
            threads.submit(effect, send, send)
            for effect, send in zip(self._effects, sends, strict=True)
        ]


class Echo:
    """Repeats what it is sent, softer and duller each time.

    Parameters
    ----------
    seconds : float
        Until the first repetition, and between two.
    """

    def __init__(self, seconds: float) -> None:
        self._line = np.zeros((2, round(seconds * SAMPLE_RATE)), np.float32)
        self._tone = Chain(1.0, cascade_of([high_pass(300), low_pass(5500)]))
        self._place = 0

    def process(self, send: Sound, wet: Sound) -> None:
        """Fill ``wet`` with the echo of the next block; both have shape (2, frames)."""
        self._tone.process(send, wet)
        _repeat(wet, self._line, self._place, np.float32(_ECHO_FEEDBACK))
        self._place = (self._place + wet.shape[1]) % self._line.shape[1]


@compiled
def _repeat(audio: Sound, line: Sound, place: int, feedback: np.float32) -> None:
    """Exchange the audio for what went into the line before."""
    length = line.shape[1]
    for channel in range(2):
        here = place
        for i in range(audio.shape[1]):
            before = line[channel, here]
            line[channel, here] = audio[channel, i] + feedback * before
            audio[channel, i] = before
            here += 1
            if here == length:
                here = 0
