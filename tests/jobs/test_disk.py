"""A disk that cannot be written is said in words, and another attempt may follow."""

import errno
import os
from pathlib import Path

import pytest

from backend.jobs import child
from backend.jobs.messages import Order, SongFailed, ToWorker
from backend.pipeline.artifacts import MixSettings, SongRequest
from tests.fixtures.engine import NO_BANK
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
