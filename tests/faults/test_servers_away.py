"""Redis and the files go away and come back; the songs are finished all the same."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.errors import ServiceUnavailable
from backend.jobs import song_job
from backend.launch.valkey import EmbeddedValkey
from backend.models import EventType, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects, setbacks
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.fixtures.engine import ALICE, following, look, opened, watched, working
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.servers import Postgres

pytestmark = pytest.mark.faults


def kill(valkey: EmbeddedValkey) -> None:
    """End the server without a chance to write its file."""
    process = valkey._process
    assert process is not None
    process.kill()
    process.wait(10)


@pytest.mark.parametrize("end", [EmbeddedValkey.stop, kill])
async def test_redis_restarts_in_the_middle_of_a_song(
    sqlite_settings: Settings,
    valkey: EmbeddedValkey,
    tmp_path: Path,
    end: Callable[[EmbeddedValkey], None],
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(sqlite_settings) as platform, working(sqlite_settings) as worker:
        project = await started_at(platform, gate)
        watching = await following(platform, project.id)
        end(valkey)
        gate.open()
        await asyncio.sleep(0.5)
        valkey.start()
        events = await watching
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert events[-1].type is EventType.PROJECT_COMPLETED
        again = await projects.start(platform, ALICE, StartSong("calm"))
        assert (await watched(platform, again.id))[-1].type is EventType.PROJECT_COMPLETED
        assert not worker.done()


async def test_redis_forgets_everything_in_the_middle_of_a_song(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(sqlite_settings) as platform, working(sqlite_settings):
        running = await started_at(platform, gate)
        waiting = await projects.start(platform, ALICE, StartSong("calm"))
        await platform.queue.redis.flushall()  # type: ignore[attr-defined]
        gate.open()
        for project in (running, waiting):
            assert (await watched(platform, project.id))[-1].type is EventType.PROJECT_COMPLETED
        _, _, stages = await look(platform, running.id)
        assert [stage.attempts for stage in stages] == [1, 1, 1, 1, 1]


async def test_redis_is_not_there_yet_when_the_worker_starts(
    sqlite_settings: Settings, valkey: EmbeddedValkey
) -> None:
    valkey.stop()
    async with opened(sqlite_settings) as platform, working(sqlite_settings):
        project = await projects.start(platform, ALICE, StartSong("calm"))
        await asyncio.sleep(0.5)
        valkey.start()
        assert (await watched(platform, project.id))[-1].type is EventType.PROJECT_COMPLETED


async def test_files_cannot_be_written_for_a_while(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.GENERATION)
    async with opened(sqlite_settings) as platform, working(sqlite_settings):
        project = await started_at(platform, gate)
        storage, away = tmp_path / "storage", tmp_path / "away"
        storage.rename(away)
        storage.write_text("in the way")
        gate.open()
        await asyncio.sleep(0.5)
        storage.unlink()
        away.rename(storage)
        assert (await watched(platform, project.id))[-1].type is EventType.PROJECT_COMPLETED
        done, _, stages = await look(platform, project.id)
        assert done.status is Status.COMPLETED
        assert [stage.attempts for stage in stages] == [1, 1, 1, 1, 1]


async def test_postgres_stops_and_comes_back_in_the_middle_of_a_song(
    postgres: Postgres, postgres_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.GENERATION)
    async with opened(postgres_settings) as platform, working(postgres_settings):
        project = await started_at(platform, gate)
        watching = await following(platform, project.id)
        await asyncio.to_thread(postgres.stop)
        with pytest.raises(ServiceUnavailable):
            await projects.start(platform, ALICE, StartSong("calm"))
        gate.open()
        await asyncio.sleep(5)
        await asyncio.to_thread(postgres.start)
        events = await watching
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert events[-1].type is EventType.PROJECT_COMPLETED
        _, _, stages = await look(platform, project.id)
        assert [stage.attempts for stage in stages] == [1, 1, 1, 1, 1]


async def test_files_that_cannot_be_written_at_all_fail_the_song_until_it_is_tried_again(
    sqlite_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(song_job, "PATIENCE_SECONDS", 0.3)
    monkeypatch.setattr(setbacks, "BACKOFF_SECONDS", (0.1,))
    monkeypatch.setattr(setbacks, "MOST_ATTEMPTS", 2)
    gate = Gate(tmp_path, StageName.ARRANGEMENT)
    async with opened(sqlite_settings) as platform, working(sqlite_settings):
        project = await started_at(platform, gate)
        storage, away = tmp_path / "storage", tmp_path / "away"
        storage.rename(away)
        storage.write_text("in the way")
        gate.open()
        events = await watched(platform, project.id)
        assert events[-1].type is EventType.PROJECT_FAILED
        assert events[-1].error == "The file store is away for a moment; try again."
        storage.unlink()
        away.rename(storage)
        await projects.retry(platform, ALICE, project.id)
        events = await watched(platform, project.id, events[-1].seq)
        assert events[-1].type is EventType.PROJECT_COMPLETED
        started = [event.stage for event in events if event.type is EventType.STAGE_STARTED]
        assert started == [StageName.ARRANGEMENT, StageName.RENDERING, StageName.MIXING]
