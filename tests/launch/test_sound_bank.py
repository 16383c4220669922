import errno
import hashlib
import os
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest

from backend.__main__ import main
from backend.errors import ConfigurationError
from backend.launch import converted_bank, sound_bank
from backend.launch.sound_bank import find_sound_bank, prepare_sound_bank
from tests.launch.banks import chunk, compress, emptied, tiny
from tests.pipeline.builders import small_bank


@pytest.fixture
def sf3(tmp_path: Path) -> Path:
    path = tmp_path / "small.sf3"
    path.write_bytes(compress(tiny()))
    return path


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_without_any_preparation_the_small_bank_plays_and_says_so(data_dir):
    bank = find_sound_bank(None, data_dir)
    assert "fallback" in bank.name
    assert bank.licence == "GPL-2.0"
    assert hashlib.sha256(Path(bank.path).read_bytes()).hexdigest() == bank.sha256


def test_the_users_compressed_bank_is_converted_once(sf3, data_dir):
    before = find_sound_bank(str(sf3), data_dir)
    bank = prepare_sound_bank(str(sf3), data_dir)
    assert before.path == str(sf3)
    assert bank.path != str(sf3)
    assert hashlib.sha256(Path(bank.path).read_bytes()).hexdigest() == bank.sha256
    written = Path(bank.path).stat().st_mtime_ns
    assert prepare_sound_bank(str(sf3), data_dir) == bank
    assert Path(bank.path).stat().st_mtime_ns == written
    assert find_sound_bank(str(sf3), data_dir) == bank


def test_a_cut_conversion_is_made_again(sf3, data_dir):
    bank = prepare_sound_bank(str(sf3), data_dir)
    with Path(bank.path).open("r+b") as file:
        file.truncate(1000)
    assert find_sound_bank(str(sf3), data_dir).path == str(sf3)
    assert prepare_sound_bank(str(sf3), data_dir) == bank
    assert Path(bank.path).stat().st_size > 1000


@pytest.mark.parametrize(
    "record",
    [b"", b"{}", b"[]", b'{"size": 1}', b"null", b"\xff\xfe", b'{"size": [], "name": 1}'],
)
def test_a_damaged_record_means_convert_again(sf3, data_dir, record):
    bank = prepare_sound_bank(str(sf3), data_dir)
    Path(bank.path).with_suffix(".json").write_bytes(record)
    assert find_sound_bank(str(sf3), data_dir).path == str(sf3)
    assert prepare_sound_bank(str(sf3), data_dir) == bank
    assert find_sound_bank(str(sf3), data_dir) == bank


def test_a_conversion_with_one_other_byte_is_made_again(sf3, data_dir):
    bank = prepare_sound_bank(str(sf3), data_dir)
    with Path(bank.path).open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"\x01")
    assert find_sound_bank(str(sf3), data_dir).path == str(sf3)
    assert prepare_sound_bank(str(sf3), data_dir) == bank
    assert hashlib.sha256(Path(bank.path).read_bytes()).hexdigest() == bank.sha256


def test_the_packages_bank_is_converted_and_named(sf3, data_dir, monkeypatch):
    digest = hashlib.sha256(sf3.read_bytes()).hexdigest()
    monkeypatch.setattr(sound_bank, "_PACKAGE_SHA256", digest)
    bank = prepare_sound_bank(None, data_dir, package=sf3)
    assert (bank.name, bank.licence) == ("MuseScore General Lite", "MIT")
    assert prepare_sound_bank(None, data_dir, package=sf3) == bank
    assert find_sound_bank(None, data_dir) == bank


def test_the_packages_bank_is_refused_when_its_hash_differs(sf3, data_dir):
    with pytest.raises(ConfigurationError, match="npm ci"):
        prepare_sound_bank(None, data_dir, package=sf3)


def test_without_the_package_the_small_bank_plays(tmp_path, data_dir):
    bank = prepare_sound_bank(None, data_dir, package=tmp_path / "absent.sf3")
    assert bank == find_sound_bank(None, data_dir)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read"), (b"hello", "not a SoundFont"), (b"", "not a SoundFont")],
)
def test_a_users_file_that_is_no_bank_is_named(tmp_path, data_dir, content, reason):
    path = tmp_path / "mine.sf2"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=reason) as caught:
        find_sound_bank(str(path), data_dir)
    assert caught.value.field == "soundfont"


def test_a_users_bank_that_is_cut_short_is_named(tmp_path, data_dir):
    path = tmp_path / "mine.sf2"
    path.write_bytes(Path(small_bank().path).read_bytes()[:100_000])
    with pytest.raises(ConfigurationError, match="not complete"):
        find_sound_bank(str(path), data_dir)


@pytest.mark.parametrize("length", [28, 32, 33])
def test_a_file_that_ends_where_its_version_would_be_is_named(tmp_path, data_dir, length):
    whole = chunk(b"RIFF", b"sfbk" + chunk(b"LIST", b"INFO" + chunk(b"ifil", b"\2\0\1\0")))
    path = tmp_path / "mine.sf2"
    cut = whole[:length]
    path.write_bytes(cut[:4] + struct.pack("<I", length - 8) + cut[8:])
    with pytest.raises(ConfigurationError, match="cut short"):
        prepare_sound_bank(str(path), data_dir)


def test_a_bank_that_does_not_play_is_refused_at_the_start(tmp_path, data_dir):
    path = tmp_path / "mine.sf2"
    path.write_bytes(emptied(tiny(), b"phdr"))
    with pytest.raises(ConfigurationError, match="cannot read it") as caught:
        prepare_sound_bank(str(path), data_dir)
    assert str(path) in caught.value.message
    assert "AIMUSIC_SOUNDFONT must name a whole SF2" in caught.value.message
    assert caught.value.field == "soundfont"


def test_a_compressed_bank_that_does_not_play_leaves_nothing_behind(tmp_path, data_dir):
    path = tmp_path / "mine.sf3"
    path.write_bytes(emptied(compress(tiny()), b"phdr"))
    with pytest.raises(ConfigurationError, match="cannot read it"):
        prepare_sound_bank(str(path), data_dir)
    assert [file for file in data_dir.rglob("*") if file.is_file()] == []


def test_the_users_whole_bank_is_played(data_dir):
    path = small_bank().path
    assert prepare_sound_bank(path, data_dir).path == path


def test_the_command_ends_with_one_line_about_a_broken_bank(tmp_path, monkeypatch, capsys):
    path = tmp_path / "mine.sf2"
    path.write_bytes(emptied(tiny(), b"phdr"))
    monkeypatch.setenv("AIMUSIC_SOUNDFONT", str(path))
    monkeypatch.setenv("AIMUSIC_DATA_DIR", str(tmp_path / "data"))
    assert main(["song", "jazz", "--out", str(tmp_path / "out")]) == os.EX_CONFIG
    (line,) = capsys.readouterr().err.splitlines()
    assert str(path) in line


@pytest.mark.parametrize("content", [None, b"RIFF"])
def test_a_small_bank_that_is_missing_or_damaged_is_named(tmp_path, data_dir, monkeypatch, content):
    path = tmp_path / "TimGM6mb.sf2"
    if content is not None:
        path.write_bytes(content)
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(sound_bank.importlib.util, "find_spec", lambda _name: spec)
    with pytest.raises(ConfigurationError, match="missing or damaged") as caught:
        prepare_sound_bank(None, data_dir, package=tmp_path / "absent.sf3")
    assert str(path) in caught.value.message


def test_a_full_disk_is_said_and_leaves_nothing_behind(sf3, data_dir, monkeypatch):
    def no_room(_source, file):
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(converted_bank, "convert", no_room)
    with pytest.raises(ConfigurationError, match="disk is full"):
        prepare_sound_bank(str(sf3), data_dir)
    assert [path for path in data_dir.rglob("*") if path.is_file()] == []
