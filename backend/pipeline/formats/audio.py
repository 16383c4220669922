"""Finished audio as files, and as the outline that a player draws.

Every writer takes a binary file object and gives the same bytes for the same audio.
"""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from pedalboard.io import AudioFile

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.compiled import compiled

MP3_QUALITY = "V2"
"""Variable bit rate, about 190 kbit/s."""

_BLOCK = 1 << 18
_CHANNELS = 2
_BYTES, _PCM = 3, 1
_FULL_SCALE, _LARGEST = 8_388_608.0, 8_388_607.0


def write_wav24(file: BinaryIO, audio: NDArray[np.float32]) -> None:
    """Write 24-bit PCM at 44.1 kHz.

    Parameters
    ----------
    file : binary file
        Where to; open for writing and reading.
    audio : ndarray
        Shape (2, frames).
    """
    frame_bytes = _CHANNELS * _BYTES
    size = audio.shape[1] * frame_bytes
    file.write(struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE"))
    file.write(
        struct.pack(
            "<4sIHHIIHH", b"fmt ", 16, _PCM, _CHANNELS,
            SAMPLE_RATE, SAMPLE_RATE * frame_bytes, frame_bytes, 8 * _BYTES,
        )
    )  # fmt: skip
    file.write(struct.pack("<4sI", b"data", size))
    room = np.empty(_BLOCK * frame_bytes, np.uint8)
    for block in _blocks(audio):
        packed = room[: block.shape[1] * frame_bytes]
        _pack24(block, packed)
        file.write(packed.data)


@compiled
def _pack24(audio: NDArray[np.float32], packed: NDArray[np.uint8]) -> None:
    """Turn each sample into three bytes, the lowest first, the channels by turns."""
    place = 0
    for i in range(audio.shape[1]):
        for channel in range(_CHANNELS):
            level = min(max(np.rint(audio[channel, i] * _FULL_SCALE), -_FULL_SCALE), _LARGEST)
            value = np.int32(level)
            packed[place] = value & 0xFF
            packed[place + 1] = (value >> 8) & 0xFF
            packed[place + 2] = (value >> 16) & 0xFF
            place += 3


def write_mp3(file: BinaryIO, audio: NDArray[np.float32]) -> None:
    """Write MP3 with variable bit rate; parameters as in ``write_wav24``."""
    options: dict[str, Any] = {"num_channels": _CHANNELS, "quality": MP3_QUALITY}
    with AudioFile(file, "w", SAMPLE_RATE, format="mp3", **options) as out:
        for block in _blocks(audio):
            out.write(block)


def peaks(audio: NDArray[np.float32], points: int) -> NDArray[np.float32]:
    """Return the outline of the wave: lowest and highest sample of equal parts.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    points : int
        Parts to cut it into.

    Returns
    -------
    ndarray
        Shape (points, 2): minimum and maximum over both channels.
    """
    frames = audio.shape[1]
    if frames == 0:
        return np.zeros((points, 2), dtype=np.float32)
    starts = np.minimum(np.arange(points) * frames // points, frames - 1)
    low = np.minimum.reduceat(audio, starts, axis=1).min(axis=0)
    high = np.maximum.reduceat(audio, starts, axis=1).max(axis=0)
    return np.stack([low, high], axis=1)


def _blocks(audio: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """Cut the audio, so that encoders never copy a whole song."""
    for start in range(0, audio.shape[1], _BLOCK):
        yield audio[:, start : start + _BLOCK]
