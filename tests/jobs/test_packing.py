"""Rendered tracks are packed while there is nothing else to do, and a remix does not notice."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from backend.errors import ServiceUnavailable
from backend.jobs import packing as jobs_packing
from backend.jobs.packing import Packer
from backend.models import StageStatus
from backend.services import checkpoints, editing, library, packing, projects
from backend.services.editing import RemixTake
from backend.services.making import MadeFile
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.song_summary import from_take
from backend.settings import Settings
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE, look, watched, working

pytestmark = pytest.mark.api


async def rendered(platform: Platform, take_id: str) -> set[str]:
    return set((await checkpoints.kept_artifacts(platform, take_id))["rendering"])


async def test_packed_tracks_are_mixed_to_the_same_bytes(
    settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, idle = (Packer(platform, lambda idle=idle: idle) for idle in (False, True))
    async with working(settings):
        project = await projects.start(platform, ALICE, StartSong("calm", seed=7))
        await watched(platform, project.id)
        take_id = project.current_take_id or ""
        assert await idle.pack() == 0
        monkeypatch.setattr(packing, "PACKED_AFTER", timedelta(0))
        assert await busy.pack() == 0
        _, waiting = await editing.remix(platform, ALICE, RemixTake(take_id, MixChange()))
        await watched(platform, project.id)
        assert await idle.pack() == 2
        assert await idle.pack() == 0
        for one in (take_id, waiting.id):
            expected = {"stems.json", "rendered/bass.flac", "rendered/keys.flac"}
            assert await rendered(platform, one) == expected
        await nothing_is_orphaned(platform, unpublished=1)
        _, again = await editing.remix(platform, ALICE, RemixTake(take_id, MixChange()))
        await watched(platform, project.id)
    _, take, stages = await look(platform, project.id)
    assert take.id == again.id
    assert stages[3].status is StageStatus.REUSED
    first = (await library.takes(platform, [take_id]))[take_id]
    songs = [from_take(one) for one in (first, take)]
    masters = [song and [file.key for file in song.audio] for song in songs]
    assert masters[0] == masters[1]


async def test_tracks_of_a_take_in_work_are_left_alone(
    settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PACKED_AFTER", timedelta(0))
    async with working(settings):
        project = await projects.start(platform, ALICE, StartSong("calm", seed=7))
        await watched(platform, project.id)
    take_id = project.current_take_id or ""
    await editing.remix(platform, ALICE, RemixTake(take_id, MixChange()))
    assert await packing.to_pack(platform) == []
    await projects.cancel(platform, ALICE, project.id)
    assert len(await packing.to_pack(platform)) == 2


class Shelf:
    """Tracks to pack, in files of their own; what was packed is told by ``packed``."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self.waiting: list[str] = []
        self.packed: list[str] = []
        monkeypatch.setattr(packing, "to_pack", self.to_pack)
        monkeypatch.setattr(packing, "keep_packed", self.keep_packed)
        self.packer = Packer(SimpleNamespace(storage=self), lambda: True)  # type: ignore[arg-type]

    def put(self, key: str, content: bytes | None = None) -> None:
        np.save(self._folder / f"{key}.npy", np.zeros((2, 1000), np.float32))
        if content is not None:
            (self._folder / f"{key}.npy").write_bytes(content)
        self.waiting.append(key)

    async def fetch(self, key: str, _folder: Path) -> Path:
        return self._folder / f"{key}.npy"

    async def to_pack(self, _platform: object) -> list[str]:
        return list(self.waiting)

    async def keep_packed(self, _platform: object, key: str, made: MadeFile) -> None:
        assert made.path.read_bytes().startswith(b"fLaC")
        self.waiting.remove(key)
        self.packed.append(key)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    return Shelf(tmp_path, monkeypatch)


async def test_a_damaged_track_is_passed_over(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.put("empty", b"")
    shelf.put("strange", b"what is this")
    shelf.put("whole")
    assert await shelf.packer.pack() == 1
    assert shelf.packed == ["whole"]
    assert await shelf.packer.pack() == 0
    said = [record.message for record in caplog.records]
    assert len(said) == 2
    assert ["damaged" in line for line in said] == [True, True]


async def test_a_full_disk_lets_a_track_wait_and_the_others_go_on(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "packed.flac").symlink_to("/dev/full")
    folders = iter([full])

    @contextmanager
    def folder(**options: str) -> Iterator[str]:
        with tempfile.TemporaryDirectory(**options) as made:
            yield str(next(folders, made))

    monkeypatch.setattr(jobs_packing, "tempfile", SimpleNamespace(TemporaryDirectory=folder))
    for key in ("first", "second"):
        shelf.put(key)
    with pytest.raises(ServiceUnavailable, match="no room"):
        await shelf.packer.pack()
    assert shelf.packed == ["second"]
    assert await shelf.packer.pack() == 1
    assert shelf.packed == ["second", "first"]
