"""A disk that cannot be written is said in words, and another attempt may follow."""

import errno
import os
from pathlib import Path

import pytest

from backend.jobs import child
from backend.jobs.messages import Order, SongFailed, ToWorker
from backend.models import EventType
from backend.pipeline.artifacts import MixSettings, SongRequest
from backend.services import projects, setbacks
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.fixtures.engine import ALICE, NO_BANK, look, opened, watched, working
from tests.fixtures.standin import StandIn


class Line:
    """A worker that keeps everything at once."""

    def send(self, message: ToWorker) -> None:
        pass

    def wait_to_go_on(self) -> None:
        pass


class Hungry(StandIn):
    """Wants room before it makes anything."""

    def run(self, done):
        del done
        self.allocate("stem", (2, 1000))


def made(scratch: Path, runner: type = StandIn):
    order = Order(SongRequest("calm", 3), MixSettings(), NO_BANK, scratch, {}, None)
    return child.make(Line(), runner, order)  # type: ignore[arg-type]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    failed = made(tmp_path / "file" / "scratch")
    assert isinstance(failed, SongFailed)
    assert failed.reason == "A file could not be written: Not a directory."
    assert failed.retryable


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    failed = made(tmp_path, Hungry)
    assert isinstance(failed, SongFailed)
    assert failed.reason == "A file could not be written: No space left on device."
    assert failed.retryable


@pytest.mark.api
async def test_a_song_ends_with_what_the_disk_said_to_its_process(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setbacks, "MOST_ATTEMPTS", 1)
    async with opened(sqlite_settings) as platform, working(sqlite_settings):
        project = await projects.start(platform, ALICE, StartSong("break=arrangement:full"))
        events = await watched(platform, project.id)
        _, take, _ = await look(platform, project.id)
    assert events[-1].type is EventType.PROJECT_FAILED
    assert events[-1].error == take.error == "A file could not be written: File too large."
