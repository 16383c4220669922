"""A finished WAV as another format, block by block; the same WAV gives the same bytes.

References
----------
RFC 3533 (Ogg: pages carry the serial number of their stream and a checksum); the Vorbis encoder of
libsndfile draws that number at random.
"""

from io import BytesIO
from typing import BinaryIO

import soundfile
from mutagen.ogg import OggPage

from backend.pipeline.formats.encoding import encoder

_BLOCK = 1 << 16
_VORBIS_COMPRESSION = 0.4
"""0 largest to 1 smallest; this is Vorbis quality 6, about 190 kbit/s for music."""
_SERIAL = 1


def wav_to_flac(source: BinaryIO, target: BinaryIO) -> None:
    """Write a WAV as FLAC of 24 bits: the same samples.

    Parameters
    ----------
    source : binary file
        A WAV.
    target : binary file
        Open for writing and reading.

    Raises
    ------
    soundfile.LibsndfileError
        If the source is no whole WAV.
    OSError
        If the target cannot be written.
    """
    _convert(source, target, "FLAC", "PCM_24", None)


def wav_to_ogg(source: BinaryIO, target: BinaryIO) -> None:
    """Write a WAV as Ogg Vorbis; parameters and errors as in ``wav_to_flac``."""
    drawn = BytesIO()
    _convert(source, drawn, "OGG", "VORBIS", _VORBIS_COMPRESSION)
    size = drawn.getbuffer().nbytes
    drawn.seek(0)
    while drawn.tell() < size:
        page = OggPage(drawn)
        page.serial = _SERIAL
        target.write(page.write())  # with its checksum


def _convert(
    source: BinaryIO, target: BinaryIO, container: str, encoding: str, compression: float | None
) -> None:
    with (
        soundfile.SoundFile(source) as wav,
        encoder(target, wav.samplerate, wav.channels, encoding, container, compression) as out,
    ):
        kind = "int32" if compression is None else "float32"  # whole numbers keep every bit
        for block in wav.blocks(_BLOCK, dtype=kind):
            out.write(block)
