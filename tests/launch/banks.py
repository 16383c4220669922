"""SoundFonts for tests: a tiny one, compressed ones, and ones with nothing in them but a size."""

import io
import struct

import numpy as np
import soundfile

HEADER = 46
_RATE = 44_100
_FRAMES = 2_000
_INSTRUMENT, _SAMPLE, _LOOPS = 41, 53, 54


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a RIFF chunk."""
    return name + struct.pack("<I", len(content)) + content


def tiny() -> bytes:
    """Return an SF2 bank of one preset with one looped tone, about 5 kB."""
    tone = (8000 * np.sin(2 * np.pi * np.arange(_FRAMES) / 100)).astype("<i2").tobytes()
    last, nothing = struct.pack("<HH", 1, 0), bytes(10)
    return _bank(
        bytes(92) + tone + bytes(92),
        {
            b"phdr": struct.pack("<20sHHH12x", b"Tone", 0, 0, 0)
            + struct.pack("<20sHHH12x", b"EOP", 0, 0, 1),
            b"pbag": bytes(4) + last,
            b"pmod": nothing,
            b"pgen": struct.pack("<HHHH", _INSTRUMENT, 0, 0, 0),
            b"inst": struct.pack("<20sH", b"Tone", 0) + struct.pack("<20sH", b"EOI", 1),
            b"ibag": bytes(4) + struct.pack("<HH", 2, 0),
            b"imod": nothing,
            b"igen": struct.pack("<6H", _LOOPS, 1, _SAMPLE, 0, 0, 0),
            b"shdr": struct.pack(
                "<20s5IBbHH", b"Tone", 46, 46 + _FRAMES, 146, 1846, _RATE, 60, 0, 0, 1
            )
            + struct.pack("<20s26x", b"EOS"),
        },
    )


def _bank(samples: bytes, tables: dict[bytes, bytes]) -> bytes:
    info = chunk(b"ifil", struct.pack("<HH", 2, 1)) + chunk(b"INAM", b"tiny\0\0")
    table = b"".join(chunk(name, content) for name, content in tables.items())
    lists = (b"INFO" + info, b"sdta" + chunk(b"smpl", samples), b"pdta" + table)
    return chunk(b"RIFF", b"sfbk" + b"".join(chunk(b"LIST", content) for content in lists))


def compress(bank: bytes) -> bytes:
    """Return an SF2 bank as SF3, the way converters write it: one Vorbis stream per sample."""
    samples = bank.index(b"smpl") + 8
    presets = bank.rindex(b"pdtaphdr")
    table = bytearray(bank[presets:])
    headers = table.index(b"shdr") + 8
    streams = b""
    for place in range(headers, len(table) - HEADER, HEADER):
        start, end, loop_start, loop_end, rate = struct.unpack_from("<5I", table, place + 20)
        pcm = bank[samples + 2 * start : samples + 2 * end]
        stream = io.BytesIO()
        with soundfile.SoundFile(stream, "w", rate, 1, format="OGG", subtype="VORBIS") as file:
            file.buffer_write(pcm, dtype="int16")
        place_in_file = len(streams)
        streams += stream.getvalue()
        struct.pack_into(
            "<4I", table, place + 20,
            place_in_file, len(streams), loop_start - start, loop_end - start,
        )  # fmt: skip
        kind = struct.unpack_from("<H", table, place + 44)[0]
        struct.pack_into("<H", table, place + 44, kind | 0x10)
    info = b"INFO" + chunk(b"ifil", struct.pack("<HH", 3, 1)) + chunk(b"INAM", b"small\0")
    body = b"sfbk" + chunk(b"LIST", info) + chunk(b"LIST", b"sdta" + chunk(b"smpl", streams))
    return chunk(b"RIFF", body + chunk(b"LIST", bytes(table)))


def emptied(bank: bytes, name: bytes) -> bytes:
    """Return a bank with zeros in the place of what the (last) chunk of that name holds."""
    start = bank.rindex(name) + 8
    size = struct.unpack_from("<I", bank, start - 4)[0]
    return bank[:start] + bytes(size) + bank[start + size :]


def cleared_from(bank: bytes, place: int) -> bytes:
    """Return a bank with nothing but zeros from there on."""
    return bank[:place] + bytes(len(bank) - place)
