"""SF3 sound banks turned into SF2.

An SF3 file is an SF2 file whose samples are compressed with Ogg Vorbis. Decoding them takes seconds
at every load; done once, a bank opens in a tenth of a second.

References
----------
SoundFont Technical Specification 2.04 (E-mu Systems, 2006), chapters 5 to 7: the chunks, ``shdr``
with its records of 46 bytes, and the 46 zero samples after every sample.
"""

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import soundfile

_HEADER_BYTES = 46
_VORBIS = 0x10
_GAP = bytes(46 * 2)
_MAJOR_3 = struct.pack("<H", 3)
_VERSION_2_04 = struct.pack("<HH", 2, 4)
_CUT_SHORT = "it is cut short: the file is not complete"


class BrokenBankError(Exception):
    """The file is not a whole SoundFont; says what is wrong with it, without its name."""


def is_sf3(bank: Path) -> bool:
    """Return whether a SoundFont's samples are compressed.

    Raises
    ------
    BrokenBankError
        If it is no SoundFont, or shorter than its header says.
    """
    with bank.open("rb") as file:
        head = file.read(12)
        if len(head) < 12 or head[:4] != b"RIFF" or head[8:12] != b"sfbk":
            raise BrokenBankError("it is not a SoundFont file")
        size = bank.stat().st_size
        if size < struct.unpack("<I", head[4:8])[0] + 8:
            raise BrokenBankError(_CUT_SHORT)
        info = file.read(4096)
    place = info.find(b"ifil")
    version = info[place + 8 : place + 10]
    if place >= 0 and len(version) < 2:
        raise BrokenBankError(_CUT_SHORT)
    return version == _MAJOR_3


def convert(source: Path, target: BinaryIO) -> None:
    """Write the SF3 file ``source`` as SF2.

    Parameters
    ----------
    source : Path
        The bank; it is read into memory (40 MB for MuseScore General Lite).
    target : binary file
        Written from its start, seekable.

    Raises
    ------
    BrokenBankError
        If the file's chunks or samples cannot be read.
    """
    data = source.read_bytes()
    chunks = dict(_chunks(data, 12, len(data)))
    try:
        info, samples, presets = (chunks[name] for name in (b"INFO", b"sdta", b"pdta"))
        headers = _headers_at(data, presets)
        target.write(b"RIFF\0\0\0\0sfbk" + _info(data, info))
        sample_list = target.tell()
        target.write(b"LIST\0\0\0\0sdtasmpl\0\0\0\0")
        table = bytearray(data[presets.start : presets.stop])
        _write_samples(data, samples.start + 12, headers, table, target)
    except (KeyError, ValueError, struct.error, soundfile.LibsndfileError) as error:
        raise BrokenBankError("its samples cannot be decoded") from error
    end = target.tell()
    target.write(b"LIST" + struct.pack("<I", len(table)) + table)
    _patch(target, sample_list + 4, end - sample_list - 8)
    _patch(target, sample_list + 16, end - sample_list - 20)
    _patch(target, 4, target.seek(0, io.SEEK_END) - 8)


def _chunks(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, range]]:
    """Yield name and place (from the list type on) of each list; some writers leave out padding."""
    while start + 12 <= stop:
        size = struct.unpack("<I", data[start + 4 : start + 8])[0]
        yield data[start + 8 : start + 12], range(start + 8, start + 8 + size)
        start += 8 + size
        if size % 2 and data[start : start + 4] != b"LIST":
            start += 1


def _info(data: bytes, place: range) -> bytes:
    info = bytearray(data[place.start : place.stop])
    version = info.index(b"ifil") + 8
    info[version : version + 4] = _VERSION_2_04
    info += bytes(len(info) % 2)
    return b"LIST" + struct.pack("<I", len(info)) + bytes(info)


def _headers_at(data: bytes, presets: range) -> range:
    """Return where the records of the sample headers lie, without the closing one."""
    place = data.index(b"shdr", presets.start, presets.stop)
    size = struct.unpack("<I", data[place + 4 : place + 8])[0]
    return range(place + 8, place + 8 + size - _HEADER_BYTES, _HEADER_BYTES)


def _write_samples(
    data: bytes, first_sample: int, headers: range, table: bytearray, target: BinaryIO
) -> None:
    """Decode every sample once and note its new place in the preset table."""
    offset = headers.start - data.rindex(b"LIST", 0, headers.start) - 8
    written: dict[tuple[int, int], tuple[int, int]] = {}
    position = 0
    for index, place in enumerate(headers):
        start, end, loop_start, loop_end = struct.unpack("<4I", data[place + 20 : place + 36])
        kind = struct.unpack("<H", data[place + 44 : place + 46])[0]
        if not kind & _VORBIS:
            raise BrokenBankError("it mixes compressed and plain samples")
        if (start, end) not in written:
            encoded = data[first_sample + start : first_sample + end]
            decoded, _ = soundfile.read(io.BytesIO(encoded), dtype="int16")
            target.write(decoded.astype("<i2").tobytes() + _GAP)
            written[start, end] = (position, len(decoded))
            position += len(decoded) + len(_GAP) // 2
        begin, length = written[start, end]
        here = offset + index * _HEADER_BYTES
        struct.pack_into(
            "<4I", table, here + 20, begin, begin + length, begin + loop_start, begin + loop_end
        )
        struct.pack_into("<H", table, here + 44, kind & ~_VORBIS)


def _patch(target: BinaryIO, place: int, size: int) -> None:
    target.seek(place)
    target.write(struct.pack("<I", size))
