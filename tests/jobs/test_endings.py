"""How a song ends when it does not end well."""

from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from backend.models import EventType, StageStatus, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects, setbacks
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.fixtures.engine import ALICE, following, look, opened, until, watched, working
from tests.fixtures.gates import Gate, started_at

pytestmark = pytest.mark.api


@pytest.fixture
async def platform(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Platform]:
    monkeypatch.setattr(setbacks, "BACKOFF_SECONDS", (0.0,))
    async with opened(sqlite_settings) as platform:
        yield platform


async def test_an_impossible_wish_fails_at_once_with_its_reason(
    sqlite_settings: Settings, platform: Platform
) -> None:
    async with working(sqlite_settings):
        project = await projects.start(platform, ALICE, StartSong("break=arrangement:input"))
        events = await watched(platform, project.id)

        async def queue_is_empty() -> bool:
            return await platform.queue.length() == 0

        await until(queue_is_empty)
    assert events[-1].type is EventType.PROJECT_FAILED
    assert events[-1].error == "No instrument can play this."
    failed, take, stages = await look(platform, project.id)
    assert (failed.status, take.error) == (Status.FAILED, "No instrument can play this.")
    assert [stage.attempts for stage in stages] == [1, 1, 1, 0, 0]
    assert stages[2].status is StageStatus.FAILED


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("fault", "Something unexpected went wrong while making this song."),
        ("crash", "The process that makes songs stopped unexpectedly."),
    ],
)
async def test_a_fault_is_tried_again_and_then_told_without_internals(
    sqlite_settings: Settings,
    platform: Platform,
    how: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(setbacks, "MOST_ATTEMPTS", 3)
    async with working(sqlite_settings):
        project = await projects.start(platform, ALICE, StartSong(f"break=generation:{how}"))
        events = await watched(platform, project.id)
    assert events[-1].error == reason
    _, _, stages = await look(platform, project.id)
    assert [stage.attempts for stage in stages] == [1, 3, 0, 0, 0]


async def test_a_stage_that_hangs_is_stopped(
    sqlite_settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setbacks, "MOST_ATTEMPTS", 1)
    limits = dict.fromkeys(StageName, 60.0) | {StageName.GENERATION: 2.0}
    async with working(sqlite_settings, stage_seconds=limits):
        project = await projects.start(platform, ALICE, StartSong("break=generation:hang"))
        events = await watched(platform, project.id)
    assert events[-1].error == "The generation stage took longer than 2 seconds."


@pytest.mark.parametrize("stage", list(StageName))
async def test_cancelling_kills_the_child_and_leaves_no_scratch(
    sqlite_settings: Settings, platform: Platform, stage: StageName, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, stage)
    async with working(sqlite_settings):
        project = await started_at(platform, gate)
        busy = song_processes()
        cancelled = await projects.cancel(platform, ALICE, project.id)
        events = await watched(platform, project.id)
        assert cancelled.status is Status.CANCELLED
        assert events[-1].type is EventType.PROJECT_CANCELLED

        async def gone() -> bool:
            scratch = list((tmp_path / "scratch").iterdir())
            return not scratch and not any(process.is_running() for process in busy)

        await until(gone)
    _, _, stages = await look(platform, project.id)
    position = list(StageName).index(stage)
    assert [one.status for one in stages] == [
        *[StageStatus.COMPLETED] * position, *[StageStatus.CANCELLED] * (5 - position),
    ]  # fmt: skip


async def test_a_cancelled_song_goes_on_from_its_checkpoint_when_retried(
    sqlite_settings: Settings, platform: Platform, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.MIXING)
    async with working(sqlite_settings):
        project = await started_at(platform, gate)
        await projects.cancel(platform, ALICE, project.id)
        gate.open()
        await projects.retry(platform, ALICE, project.id)
        events = await watched(platform, project.id)
    assert events[-1].type is EventType.PROJECT_COMPLETED
    started = [event.stage for event in events if event.type is EventType.STAGE_STARTED]
    assert started == [*StageName, StageName.MIXING]


async def test_deleting_stops_the_song(
    sqlite_settings: Settings, platform: Platform, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with working(sqlite_settings):
        project = await started_at(platform, gate)
        busy = song_processes()
        watching = await following(platform, project.id)
        await projects.delete(platform, ALICE, project.id)
        assert (await watching)[-1].type is EventType.PROJECT_CANCELLED

        async def gone() -> bool:
            return not any(process.is_running() for process in busy)

        await until(gone)
    assert [key async for key in platform.storage.all_keys()] == []


async def test_the_next_song_finds_a_child_that_waits(
    sqlite_settings: Settings, platform: Platform
) -> None:
    async with working(sqlite_settings):
        for seed in (1, 2):
            project = await projects.start(platform, ALICE, StartSong("calm", seed=seed))
            await watched(platform, project.id)
            if seed == 1:
                waiting = song_processes()
        assert [process.pid for process in song_processes()] == [process.pid for process in waiting]
        assert len(waiting) == 1


def song_processes() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "backend.jobs.child" in child.cmdline()
    ]
