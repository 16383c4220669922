"""Killed after the files and before their rows, or after the rows and before anybody was told."""

import asyncio
from pathlib import Path

import pytest

from backend.events import bus
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.faults.at_rest import comes_to_rest
from tests.faults.orphans import nothing_is_orphaned
from tests.faults.test_killed import attempts, final_keys
from tests.fixtures.engine import ALICE, opened, until
from tests.fixtures.held_checkpoint import HELD_AT, Place, reached
from tests.fixtures.subscribers import each_event_once, stays
from tests.fixtures.worker_process import kill, worker_process

pytestmark = pytest.mark.faults


async def test_the_checkpoint_counts_once_or_not_at_all(
    sqlite_settings: Settings, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "DOUBT_SECONDS", 0.5)
    second = {
        "data_dir": tmp_path / "second",
        "database_url": postgres_url,
        "storage_url": (tmp_path / "second" / "storage").as_uri(),
        "redis_url": sqlite_settings.redis_url.replace("db=0", "db=1"),
    }
    postgres_settings = sqlite_settings.model_copy(update=second)
    await asyncio.gather(
        killed_at(Place.COMMITTED, sqlite_settings, tmp_path),
        killed_at(Place.STORED, postgres_settings, tmp_path),
    )


async def killed_at(place: Place, settings: Settings, folder: Path) -> None:
    gate = folder / place
    await asyncio.to_thread(gate.touch)

    async def held_up() -> bool:
        return reached(gate).exists()

    async with opened(settings) as platform:
        with worker_process(settings, **{HELD_AT: str(gate)}) as first:
            song = await projects.start(platform, ALICE, StartSong("calm", seed=3))
            watching = asyncio.create_task(stays(platform, song.id))
            await until(held_up)
            with worker_process(settings):
                kill(first)
                each_event_once(await watching, list(StageName))
                alike = await projects.start(platform, ALICE, StartSong("calm", seed=3))
                await stays(platform, alike.id)
                await comes_to_rest(platform)
        assert await attempts(platform, song.id) == [1, 1, 1, 1, 1 + (place is Place.STORED)]
        assert await final_keys(platform, song.id) == await final_keys(platform, alike.id)
        await nothing_is_orphaned(platform, unpublished=2 * (place is Place.COMMITTED))
