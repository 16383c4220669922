"""Tracks as they were rendered, kept in a fifth of their size without losing a bit.

Audio of float32 cannot be packed: its last bits are noise. So a track is first settled on a grid of
2⁻²² of full scale, with room for peaks up to 6 dB above it. That is 24 bits (a noise floor of
−138 dBFS, far below that of any sound bank), which FLAC holds exactly.
"""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled
from backend.pipeline.formats.encoding import encoder
from backend.pipeline.progress import Allocate

_GRID = np.float32(2**22)
_UNUSED_BITS = 8
"""Of the 32 in which 24-bit audio is read and written."""
_LARGEST = 2**23 - 1
_BLOCK = 1 << 18
_EFFORT = 0.3
"""Of the encoder, 0 to 1; more makes it hardly smaller."""


def settle(audio: NDArray[np.float32]) -> None:
    """Round to the grid, in place. Sums of what is settled are exact, whoever adds first.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames); peaks below 54 dBFS, where the whole numbers of the grid end.
    """
    for side in audio:
        _settle(side)


@compiled
def _settle(side: NDArray[np.float32]) -> None:
    for i in range(side.size):
        steps = np.int32(np.rint(side[i] * _GRID))  # there is no negative zero in FLAC
        side[i] = np.float32(steps) / _GRID


def pack(source: Path, target: BinaryIO) -> bool:
    """Write a track as FLAC.

    Parameters
    ----------
    source : Path
        A NumPy file, float32, shape (2, frames).
    target : binary file
        Open for writing.

    Returns
    -------
    bool
        Whether ``unpack`` gives the same audio back; not if it was never settled, or is too loud.

    Raises
    ------
    ValueError
        If the source is damaged.
    OSError
        If the target cannot be written.
    """
    audio = _track(source)
    with encoder(target, SAMPLE_RATE, 2, "PCM_24", "FLAC", _EFFORT) as out:
        for start in range(0, audio.shape[1], _BLOCK):
            steps = audio[:, start : start + _BLOCK] * _GRID
            if np.abs(steps).max(initial=0.0) > _LARGEST or (steps != np.rint(steps)).any():
                return False
            out.write(steps.T.astype(np.int32) << _UNUSED_BITS)
    return True


def _track(source: Path) -> NDArray[np.float32]:
    audio = open_memmap(source, mode="r")
    if audio.dtype != np.float32 or audio.shape[:-1] != (2,):
        raise ValueError("The file holds something else than a track.")
    return audio


def unpack(source: Path, name: str, allocate: Allocate) -> NDArray[np.float32]:
    """Read a track that ``pack`` wrote.

    Parameters
    ----------
    source : Path
        The FLAC file.
    name : str
        What the room for the audio is called.
    allocate : callable
        Gives the room.

    Returns
    -------
    ndarray
        Shape (2, frames), bit for bit what was packed.
    """
    with soundfile.SoundFile(source) as file:
        audio = allocate(name, (2, file.frames))
        for start in range(0, file.frames, _BLOCK):
            steps = file.read(_BLOCK, dtype="int32") >> _UNUSED_BITS
            audio[:, start : start + len(steps)] = steps.T.astype(np.float32) / _GRID
    return audio
