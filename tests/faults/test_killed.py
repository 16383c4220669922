"""Whatever is killed, the song is finished once, without a human, with the same bytes."""

import asyncio
from pathlib import Path

import pytest

from backend.models import EventType, ProjectEvent, Status
from backend.pipeline.artifacts import StageName
from backend.services import editing, projects
from backend.services.editing import RemixTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.song_summary import from_take
from backend.settings import Settings
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE, look, opened, until, watched, working
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.worker_process import children_of, kill, worker_process

pytestmark = pytest.mark.faults

SEED = 11


async def undisturbed_keys(platform: Platform, settings: Settings) -> set[str]:
    """Return the content of the same song when nothing happens to it."""
    async with working(settings):
        project = await projects.start(platform, ALICE, StartSong("undisturbed", seed=SEED))
        await watched(platform, project.id)
    return await final_keys(platform, project.id)


async def final_keys(platform: Platform, project_id: str) -> set[str]:
    _, take, _ = await look(platform, project_id)
    song = from_take(take)
    assert song is not None
    assert song.midi
    return {file.key for file in song.audio} | {song.midi.key}


def each_once(events: list[ProjectEvent]) -> None:
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    finished = [event.stage for event in events if event.type is EventType.STAGE_COMPLETED]
    assert finished == list(StageName)
    assert [event.type for event in events].count(EventType.PROJECT_COMPLETED) == 1
    progress = [event.progress or 0 for event in events]
    assert progress == sorted(progress)


async def attempts(platform: Platform, project_id: str) -> list[int]:
    _, _, stages = await look(platform, project_id)
    return [stage.attempts for stage in stages]


@pytest.mark.parametrize("stage", list(StageName))
async def test_a_killed_worker(sqlite_settings: Settings, tmp_path: Path, stage: StageName) -> None:
    gate = Gate(tmp_path, stage)
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as first:
            project = await started_at(platform, gate, SEED)
            watching = asyncio.create_task(watched(platform, project.id))
            children = children_of(first)
            kill(first)
            for child in children:
                child.wait(5)
        gate.open()
        with worker_process(sqlite_settings):
            events = await watching
        each_once(events)
        assert (await look(platform, project.id))[0].status is Status.COMPLETED
        position = list(StageName).index(stage)
        expected = [1] * 5
        expected[position] = 2
        assert await attempts(platform, project.id) == expected
        assert await final_keys(platform, project.id) == await undisturbed_keys(
            platform, sqlite_settings
        )
        assert list((tmp_path / "scratch").iterdir()) == []


async def test_a_killed_worker_on_postgres_is_replaced_by_one_that_waits(
    postgres_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(postgres_settings) as platform:
        with worker_process(postgres_settings) as first:
            project = await started_at(platform, gate, SEED)
            with worker_process(postgres_settings):
                kill(first)
                gate.open()
                each_once(await watched(platform, project.id))
        assert await attempts(platform, project.id) == [1, 1, 1, 2, 1]


@pytest.mark.parametrize("stage", list(StageName))
async def test_a_killed_child(sqlite_settings: Settings, tmp_path: Path, stage: StageName) -> None:
    gate = Gate(tmp_path, stage)
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as process:
            project = await started_at(platform, gate, SEED)
            busy = children_of(process)
            gate.open()
            for child in busy:
                child.kill()
            events = await watched(platform, project.id)
        each_once(events)
        expected = [1] * 5
        expected[list(StageName).index(stage)] = 2
        assert await attempts(platform, project.id) == expected


async def test_a_worker_that_is_told_to_stop_hands_back(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as process:
            project = await started_at(platform, gate)
            children = children_of(process)
            process.terminate()
            assert process.wait(10) == 0
            assert not any(child.is_running() for child in children)
        waiting, take, _ = await look(platform, project.id)
        assert (waiting.status, take.attempt, take.run_id) == (Status.QUEUED, 2, None)
        gate.open()
        with worker_process(sqlite_settings):
            each_once(await watched(platform, project.id))
        assert await attempts(platform, project.id) == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("whole", [True, False], ids=["worker", "child"])
async def test_a_remix_that_is_killed_goes_on(
    sqlite_settings: Settings, tmp_path: Path, *, whole: bool
) -> None:
    gate = Gate(tmp_path, StageName.MIXING)
    softer = MixChange({"loudness_lufs": -20.0})
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as process:
            project = await started_at(platform, gate, SEED)
            gate.open()
            heard = (await watched(platform, project.id))[-1]
            undisturbed = RemixTake(project.current_take_id or "", softer)
            await editing.remix(platform, ALICE, undisturbed)
            heard = (await watched(platform, project.id, heard.seq))[-1]
            expected = await final_keys(platform, project.id)
            gate.close()
            _, take = await editing.remix(platform, ALICE, undisturbed)
            await until(gate.is_reached)
            busy = children_of(process)
            if whole:
                kill(process)
            for child in busy:
                child.wait(5) if whole else child.kill()
            gate.open()
            with worker_process(sqlite_settings):
                events = await watched(platform, project.id, heard.seq)
        assert {event.take_id for event in events} == {take.id}
        finished = [event.stage for event in events if event.type is EventType.STAGE_COMPLETED]
        assert finished == [StageName.MIXING]
        assert await attempts(platform, project.id) == [0, 0, 0, 0, 2]
        assert await final_keys(platform, project.id) == expected
        await nothing_is_orphaned(platform)
