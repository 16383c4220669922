"""Sound is written beside what else goes on, once, and what goes wrong with it is told."""

import hashlib
from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from backend.jobs.sound_files import SoundFile, SoundFiles, track_file
from backend.pipeline.artifacts import Stem


def written(file: SoundFile, begun: list[str], go_on: Event) -> SoundFile:
    """Return the file, whose making is noted and waits."""

    def make(folder: Path):
        begun.append(file.name)
        assert go_on.wait(60)
        return file.make(folder)

    return replace(file, make=make)


def one_track(value: float = 0.25) -> SoundFile:
    return track_file(Stem("keys", np.full((2, 100), value, np.float32)))


def test_what_was_begun_is_made_in_the_background_and_once(tmp_path: Path) -> None:
    begun: list[str] = []
    go_on = Event()
    sounds, file = SoundFiles(tmp_path), written(one_track(), begun, go_on)
    sounds.begin(file)
    go_on.set()
    kept = sounds.finish(file).made
    assert begun == ["rendered/keys.npy"]
    assert kept.sha256 == hashlib.sha256(kept.path.read_bytes()).hexdigest()
    assert np.array_equal(np.load(kept.path), np.full((2, 100), 0.25, np.float32))


def test_an_mp3_holds_up_no_other_file(tmp_path: Path) -> None:
    begun: list[str] = []
    go_on, at_once = Event(), Event()
    at_once.set()
    sounds = SoundFiles(tmp_path)
    slow = written(replace(one_track(), name="master.mp3"), begun, go_on)
    quick = written(one_track(), begun, at_once)
    sounds.begin(slow)
    sounds.begin(quick)
    assert sounds.finish(quick).made.name == "rendered/keys.npy"
    go_on.set()
    sounds.finish(slow)
    assert set(begun) == {"master.mp3", "rendered/keys.npy"}


def test_a_file_that_comes_first_is_there_when_others_go_on(tmp_path: Path) -> None:
    sounds, file = SoundFiles(tmp_path), one_track()
    sounds.make(file)
    assert (tmp_path / "rendered-keys.npy").exists()
    assert sounds.finish(file).made.name == "rendered/keys.npy"


def test_what_was_never_begun_is_made_when_it_is_wanted(tmp_path: Path) -> None:
    assert SoundFiles(tmp_path).finish(one_track()).made.path.exists()


def test_a_file_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    sounds, file = SoundFiles(tmp_path / "nowhere"), one_track()
    sounds.begin(file)
    with pytest.raises(FileNotFoundError):
        sounds.finish(file)
    sounds.make(file)
    with pytest.raises(FileNotFoundError):
        sounds.finish(file)


def test_a_track_that_lies_in_a_file_is_kept_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "stem-keys.npy"
    room = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(2, 100))
    room[:] = 0.5
    kept = SoundFiles(tmp_path).finish(track_file(Stem("keys", room))).made
    assert kept.path == path
    assert kept.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert not room.flags.writeable
