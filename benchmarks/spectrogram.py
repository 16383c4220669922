"""Pictures of sound: seconds from left to right, 30 Hz to 18 kHz upwards on a musical scale."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS = 200, 640
FLOOR_DB = 80.0
"""From black to white."""


def spectrogram(audio: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return brightness by (row from the top, column)."""
    size = 8192
    mono = audio.mean(axis=0)
    places = np.linspace(0, mono.size - size, COLUMNS).astype(np.int64)
    window = np.hanning(size).astype(np.float32)
    power = np.abs(np.fft.rfft(np.stack([mono[at : at + size] * window for at in places]))) ** 2
    edges = np.geomspace(30, 18_000, ROWS + 1) * size / 44_100
    first = edges[:-1].astype(np.int64)
    last = np.maximum(first + 1, edges[1:].astype(np.int64))
    sums = np.concatenate([np.zeros((COLUMNS, 1)), np.cumsum(power, axis=1)], axis=1)
    decibels = 10 * np.log10((sums[:, last] - sums[:, first]) / (last - first) + 1e-12)
    shades = np.clip(1 + (decibels - np.percentile(decibels, 99.5)) / FLOOR_DB, 0, 1)
    return np.asarray(255 * shades.T[::-1], dtype=np.uint8)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """Return a grey PNG (ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows, columns = pixels.shape
    coarse = pixels & 0xF8  # 32 shades: half the bytes, the same picture
    lines = np.concatenate([np.zeros((rows, 1), np.uint8), coarse], axis=1)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 0, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            chunk(b"IEND", b""),
        )
    )
