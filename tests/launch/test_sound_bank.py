import errno
import hashlib
import io
import struct
from pathlib import Path

import pytest
import soundfile

from backend.errors import ConfigurationError
from backend.launch import sound_bank
from backend.launch.sf3 import BrokenBankError, convert, is_sf3
from backend.launch.sound_bank import find_sound_bank, prepare_sound_bank
from backend.pipeline.rendering.fluidsynth import Synth
from tests.pipeline.builders import small_bank

HEADER = 46


def chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content


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


@pytest.fixture(scope="module")
def sf3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bank") / "small.sf3"
    path.write_bytes(compress(Path(small_bank().path).read_bytes()))
    return path


def names_in(path: str) -> dict[tuple[int, int], str]:
    with Synth(path) as synth:
        return synth.presets()


def test_without_any_preparation_the_small_bank_plays_and_says_so(tmp_path):
    bank = find_sound_bank(None, tmp_path)
    assert "fallback" in bank.name
    assert bank.licence == "GPL-2.0"
    assert hashlib.sha256(Path(bank.path).read_bytes()).hexdigest() == bank.sha256


def test_a_compressed_bank_keeps_presets_and_sample_lengths(sf3, tmp_path):
    target = tmp_path / "bank.sf2"
    with target.open("w+b") as file:
        convert(sf3, file)
    assert is_sf3(sf3)
    assert not is_sf3(target)
    assert names_in(str(target)) == names_in(small_bank().path)
    original, converted = Path(small_bank().path).read_bytes(), target.read_bytes()
    for data in (original, converted):
        assert struct.unpack_from("<I", data, 4)[0] == len(data) - 8
    lengths = []
    for data in (original, converted):
        place = data.rindex(b"shdr") + 8
        lengths.append(
            [
                (end - start, loop_start - start, loop_end - start)
                for start, end, loop_start, loop_end in (
                    struct.unpack_from("<4I", data, record + 20)
                    for record in range(place, len(data) - HEADER, HEADER)
                )
            ]
        )
    assert lengths[0] == lengths[1]


def test_the_users_compressed_bank_is_converted_once(sf3, tmp_path):
    before = find_sound_bank(str(sf3), tmp_path)
    bank = prepare_sound_bank(str(sf3), tmp_path)
    assert before.path == str(sf3)
    assert bank.path != str(sf3)
    assert hashlib.sha256(Path(bank.path).read_bytes()).hexdigest() == bank.sha256
    written = Path(bank.path).stat().st_mtime_ns
    assert prepare_sound_bank(str(sf3), tmp_path) == bank
    assert Path(bank.path).stat().st_mtime_ns == written
    assert find_sound_bank(str(sf3), tmp_path) == bank


def test_a_cut_conversion_is_made_again(sf3, tmp_path):
    bank = prepare_sound_bank(str(sf3), tmp_path)
    with Path(bank.path).open("r+b") as file:
        file.truncate(1000)
    assert find_sound_bank(str(sf3), tmp_path).path == str(sf3)
    assert prepare_sound_bank(str(sf3), tmp_path) == bank
    assert Path(bank.path).stat().st_size > 1000


def test_the_packages_bank_is_refused_when_its_hash_differs(sf3, tmp_path):
    with pytest.raises(ConfigurationError, match="npm ci"):
        prepare_sound_bank(None, tmp_path, package=sf3)


def test_without_the_package_the_small_bank_plays(tmp_path):
    bank = prepare_sound_bank(None, tmp_path, package=tmp_path / "absent.sf3")
    assert bank == find_sound_bank(None, tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read"), (b"hello", "not a SoundFont"), (b"", "not a SoundFont")],
)
def test_a_users_file_that_is_no_bank_is_named(tmp_path, content, reason):
    path = tmp_path / "mine.sf2"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=reason) as caught:
        find_sound_bank(str(path), tmp_path)
    assert caught.value.field == "soundfont"


def test_a_users_bank_that_is_cut_short_is_named(tmp_path):
    path = tmp_path / "mine.sf2"
    path.write_bytes(Path(small_bank().path).read_bytes()[:100_000])
    with pytest.raises(ConfigurationError, match="not complete"):
        find_sound_bank(str(path), tmp_path)


def test_a_full_disk_is_said_and_leaves_nothing_behind(sf3, tmp_path, monkeypatch):
    def no_room(_source, file):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sound_bank, "convert", no_room)
    with pytest.raises(ConfigurationError, match="disk is full"):
        prepare_sound_bank(str(sf3), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_broken_samples_are_an_error(sf3, tmp_path):
    data = bytearray(sf3.read_bytes())
    place = data.index(b"smpl") + 8
    data[place : place + 4000] = bytes(4000)
    broken = tmp_path / "broken.sf3"
    broken.write_bytes(data)
    with pytest.raises(BrokenBankError), (tmp_path / "out").open("w+b") as file:
        convert(broken, file)
