"""Where players of one track leave their sound, and how a synth's sound gets there."""

from collections.abc import Callable
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.formats.rendered import settle
from backend.pipeline.rendering.fluidsynth import BLOCK, Synth

Advance = Callable[[int], None]
"""Told how many frames more are done."""

_PIECE = SAMPLE_RATE // 2 // BLOCK * BLOCK
"""Most frames computed before they are left (half a second): they fit the processor's cache."""


class Tape:
    """The sound of one track, left by one player or by several who add to each other's.

    It is settled on the way, while it lies in the processor's cache.

    Parameters
    ----------
    audio : ndarray
        Zeros, shape (2, frames).
    shared : bool
        Whether there are several players.
    """

    def __init__(self, audio: NDArray[np.float32], *, shared: bool) -> None:
        self.audio = audio
        self._shared = shared
        self._lock = Lock()

    def leave(self, start: int, sound: NDArray[np.float32]) -> None:
        """Leave sound, shape (2, frames), from a frame on; it is settled in place."""
        settle(sound)
        room = self.audio[:, start : start + sound.shape[1]]
        if not self._shared:
            room[:] = sound
            return
        with self._lock:
            room += sound


class Recorder:
    """Lets a synth play up to one moment after another.

    Parameters
    ----------
    synth : Synth
        The player.
    tape : Tape
        Gets the sound.
    advance : callable
        Told of the frames as they are done.
    """

    def __init__(self, synth: Synth, tape: Tape, advance: Advance) -> None:
        self._synth = synth
        self._tape = tape
        self._advance = advance
        self._piece = np.zeros((2, _PIECE), np.float32)
        self._start = self._position = 0

    def play_to(self, end: int) -> None:
        """Record up to a frame; where nothing sounds there is nothing to compute."""
        while self._position < end:
            if not self._synth.is_sounding:
                self._skip_to(end)
                return
            stop = min(end, self._start + _PIECE)
            self._synth.process(self._piece, self._position - self._start, stop - self._start)
            self._position = stop
            if stop == self._start + _PIECE:
                self.leave()

    def leave(self) -> None:
        """Leave what is recorded on the tape."""
        played = self._position - self._start
        if played:
            self._tape.leave(self._start, self._piece[:, :played])
            self._piece[:, :played] = 0.0
            self._start = self._position
            self._advance(played)

    def _skip_to(self, end: int) -> None:
        self.leave()
        self._advance(end - self._start)
        self._start = self._position = end
