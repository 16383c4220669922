"""Wishes of users against each other and against the worker: legal ends only, nothing left over."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

from backend.errors import Conflict, NotFound
from backend.models import Project, StageStatus, Status, Take
from backend.persistence import stages
from backend.pipeline.artifacts import StageName
from backend.services import editing, library, making, projects, takes
from backend.services.editing import RemixTake
from backend.services.making import MadeFile
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.faults.close_race import CloseRace
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE
from tests.fixtures.played_worker import PlayedWorker

pytestmark = pytest.mark.faults

RACES, SOAKED = 50, 100
"""Of each kind on each of two databases; retries against cancels cost half, and race twice."""
RACES_PER_SONG = 10
"""Of retries against cancels, one after another."""
REMIXES = 20


@pytest.fixture
def races(soak: bool) -> int:
    return SOAKED if soak else RACES


def worker_in(folder: Path, platform: Platform) -> PlayedWorker:
    folder.mkdir()
    return PlayedWorker(platform, folder)


async def almost_done(platform: Platform, folder: Path) -> tuple[str, PlayedWorker]:
    """Bring a song to where only its last checkpoint is missing."""
    project = await projects.start(platform, ALICE, StartSong("calm"))
    worker = worker_in(folder, platform)
    await worker.claim(project.id)
    async with platform.database.write() as work:
        for stage in (await stages.of_takes(work.session, [worker.run.take_id]))[:-1]:
            stage.status = StageStatus.COMPLETED
    await making.begin_stage(platform, worker.run, StageName.MIXING)
    return project.id, worker


async def finish(worker: PlayedWorker) -> bool:
    return await finish_with(worker, worker._mixed())


async def finish_with(worker: PlayedWorker, files: list[MadeFile]) -> bool:
    return await making.finish_stage(
        worker.platform, worker.run, StageName.MIXING, files, worker.song
    )


async def together(*wishes: Awaitable[object]) -> list[object]:
    return await asyncio.gather(*wishes, return_exceptions=True)


async def test_cancel_against_complete(platform: Platform, tmp_path: Path, races: int) -> None:
    race = CloseRace(spread=0.015)
    for number in range(races):
        project_id, worker = await almost_done(platform, tmp_path / str(number))
        files = worker._mixed()
        finished, cancelled = await race.between(
            finish_with(worker, files), projects.cancel(platform, ALICE, project_id)
        )
        assert finished in (True, False)
        status = (await library.project(platform, ALICE, project_id)).status
        assert status is (Status.COMPLETED if finished else Status.CANCELLED)
        assert isinstance(cancelled, Conflict if finished else Project)
        race.ended(first_won=finished)
    assert race.has_had_both_ends()
    await nothing_is_orphaned(platform)


async def test_retry_against_cancel(platform: Platform, tmp_path: Path) -> None:
    race = CloseRace(spread=0.003)
    for number in range(SOAKED // RACES_PER_SONG):
        project_id, worker = await almost_done(platform, tmp_path / str(number))
        for _ in range(RACES_PER_SONG):
            await projects.cancel(platform, ALICE, project_id)
            retried, cancelled = await race.between(
                projects.retry(platform, ALICE, project_id),
                projects.cancel(platform, ALICE, project_id),
            )
            assert isinstance(retried, Project)
            assert isinstance(cancelled, Project)
            status = (await library.project(platform, ALICE, project_id)).status
            assert status in {Status.QUEUED, Status.CANCELLED}
            race.ended(first_won=status is Status.CANCELLED)
        assert not await finish(worker)
        if status is Status.QUEUED:
            await worker.finish(project_id, reports=0)
    assert race.has_had_both_ends()
    await nothing_is_orphaned(platform)


async def test_delete_against_delete_and_complete(
    platform: Platform, tmp_path: Path, races: int
) -> None:
    race = CloseRace(spread=0.015)
    for number in range(races):
        project_id, worker = await almost_done(platform, tmp_path / str(number))
        files = worker._mixed()
        finished, deleted = await race.between(
            finish_with(worker, files),
            together(
                projects.delete(platform, ALICE, project_id),
                projects.delete(platform, ALICE, project_id),
            ),
        )
        assert finished in (True, False)
        assert sorted(map(type, deleted), key=str) == sorted([str, NotFound], key=str)
        with pytest.raises(NotFound):
            await library.project(platform, ALICE, project_id)
        race.ended(first_won=finished)
    assert race.has_had_both_ends()
    await nothing_is_orphaned(platform)
    assert [key async for key in platform.storage.all_keys()] == []


async def test_a_remix_against_everything_else(platform: Platform, tmp_path: Path) -> None:
    """Complete, cancel, choose and delete at once: something is heard, and nothing is left over."""
    race = CloseRace(spread=0.015)
    for number in range(REMIXES):
        project_id, worker = await almost_done(platform, tmp_path / str(number))
        assert await finish(worker)
        parent = worker.run.take_id
        _, take = await editing.remix(platform, ALICE, RemixTake(parent, MixChange()))
        await worker.claim(project_id)
        for stage in list(StageName)[:-1]:
            await worker.step(stage, reports=0)
        await making.begin_stage(platform, worker.run, StageName.MIXING)
        files = worker._mixed()
        finished, others = await race.between(
            finish_with(worker, files),
            together(
                projects.cancel(platform, ALICE, project_id),
                takes.choose(platform, ALICE, parent),
                takes.delete(platform, ALICE, parent),
                takes.delete(platform, ALICE, take.id),
            ),
        )
        assert finished in (True, False)
        legal = Project | Take | Conflict | NotFound | tuple
        assert all(isinstance(result, legal) for result in others)
        race.ended(first_won=finished)
        (left,) = (await library.takes_of(platform, [project_id]))[project_id]
        project = await library.project(platform, ALICE, project_id)
        assert (project.status, project.current_take_id) == (left.status, left.id)
    assert race.has_had_both_ends()
    await nothing_is_orphaned(platform)
