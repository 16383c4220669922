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
from backend.pipeline.theory.tempo_map import TempoMap

ROOM, HALL, ECHO = 0, 1, 2
"""Rows of the send buses."""

_ROOM_SECONDS = 0.7
_DOTTED_EIGHTH = 0.75
_ECHO_FEEDBACK = 0.35
_CROSS_FADE = 2048
"""Frames (46 ms) from one time of the echo to the next: no click, and no glide of its pitch."""

Sound = NDArray[np.float32]


class Returns:
    """Turns the sends into reverb and echo, block by block.

    Parameters
    ----------
    habits : MixStyle
        The hall's length.
    tempo : TempoMap
        For the echo.
    """

    def __init__(self, habits: MixStyle, tempo: TempoMap) -> None:
        room = Reverb(_ROOM_SECONDS, 0.5, 0.0, [high_pass(180), low_pass(9000)])
        hall = Reverb(habits.hall_seconds, 0.4, 0.022, [high_pass(220), low_pass(9500)])
        echo = Echo(tempo)
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
    """Repeats what it is sent a dotted eighth later, softer and duller each time.

    It begins with the song's first frame and keeps to its tempo.

    Parameters
    ----------
    tempo : TempoMap
        Where it changes, the echo fades from its old time to its new one.
    """

    def __init__(self, tempo: TempoMap) -> None:
        delays = [round(beat * _DOTTED_EIGHTH * SAMPLE_RATE) for beat in tempo.seconds_per_beat]
        begins = [round(seconds * SAMPLE_RATE) for seconds in tempo.seconds_at]
        self._times = np.array([begins, delays], np.int64)
        self._line = np.zeros((2, 1 << max(delays).bit_length()), np.float32)
        self._tone = Chain(1.0, cascade_of([high_pass(300), low_pass(5500)]))
        self._frame = 0

    def process(self, send: Sound, wet: Sound) -> None:
        """Fill ``wet`` with the echo of the next block; both have shape (2, frames)."""
        self._tone.process(send, wet)
        _repeat(wet, self._line, self._frame, self._times, np.float32(_ECHO_FEEDBACK))
        self._frame += wet.shape[1]


@compiled
def _repeat(
    audio: Sound, line: Sound, frame: int, times: NDArray[np.int64], feedback: np.float32
) -> None:
    """Exchange the audio for what went into the line before.

    ``times`` holds the frames at which a time of the echo begins, and under them the times.
    """
    turn = line.shape[1] - 1  # of a power of two: it keeps a place within the line
    begins, delays = times
    for channel in range(2):
        now = 0
        for i in range(audio.shape[1]):
            at = frame + i
            while now + 1 < begins.size and begins[now + 1] <= at:
                now += 1
            before = line[channel, (at - delays[now]) & turn]
            if now > 0 and at - begins[now] < _CROSS_FADE:
                share = np.float32((at - begins[now]) / _CROSS_FADE)
                former = line[channel, (at - delays[now - 1]) & turn]
                before = former + share * (before - former)
            line[channel, at & turn] = audio[channel, i] + feedback * before
            audio[channel, i] = before
