"""Wishes of users against each other and against the worker: legal ends only, nothing left over."""

import asyncio
from pathlib import Path

import pytest

from backend.errors import Conflict, NotFound
from backend.models import Project, Status, Take
from backend.pipeline.artifacts import StageName
from backend.services import editing, library, making, projects, takes
from backend.services.editing import RemixTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE
from tests.fixtures.played_worker import PlayedWorker

pytestmark = pytest.mark.faults

RACES = 34
"""Of each of three kinds on each of two databases; of edits half as many."""


async def almost_done(platform: Platform, scratch: Path, number: int) -> tuple[str, PlayedWorker]:
    """Bring a song to where only its last checkpoint is missing."""
    folder = scratch / str(number)
    folder.mkdir()
    project = await projects.start(platform, ALICE, StartSong("calm"))
    worker = PlayedWorker(platform, folder)
    await worker.claim(project.id)
    for stage in list(StageName)[:-1]:
        await worker.step(stage, reports=0)
    await making.begin_stage(platform, worker.run, StageName.MIXING)
    return project.id, worker


async def finish(worker: PlayedWorker) -> bool:
    files = worker._mixed()
    return await making.finish_stage(
        worker.platform, worker.run, StageName.MIXING, files, worker.song
    )


async def test_cancel_against_complete(platform: Platform, tmp_path: Path) -> None:
    for number in range(RACES):
        project_id, worker = await almost_done(platform, tmp_path, number)
        finished, cancelled = await asyncio.gather(
            finish(worker), projects.cancel(platform, ALICE, project_id), return_exceptions=True
        )
        status = (await library.project(platform, ALICE, project_id)).status
        assert status is (Status.COMPLETED if finished is True else Status.CANCELLED)
        assert isinstance(cancelled, Conflict if finished is True else Project)
    await nothing_is_orphaned(platform)


async def test_retry_against_cancel(platform: Platform, tmp_path: Path) -> None:
    for number in range(RACES):
        project_id, worker = await almost_done(platform, tmp_path, number)
        await projects.cancel(platform, ALICE, project_id)
        await asyncio.gather(
            projects.retry(platform, ALICE, project_id),
            projects.cancel(platform, ALICE, project_id),
        )
        assert not await finish(worker)
        status = (await library.project(platform, ALICE, project_id)).status
        assert status in {Status.QUEUED, Status.CANCELLED}
        if status is Status.QUEUED:
            await worker.finish(project_id, reports=0)
    await nothing_is_orphaned(platform)


async def test_delete_against_delete_and_complete(platform: Platform, tmp_path: Path) -> None:
    for number in range(RACES):
        project_id, worker = await almost_done(platform, tmp_path, number)
        _, *deleted = await asyncio.gather(
            finish(worker),
            projects.delete(platform, ALICE, project_id),
            projects.delete(platform, ALICE, project_id),
            return_exceptions=True,
        )
        assert sorted(map(type, deleted), key=str) == sorted([str, NotFound], key=str)
        with pytest.raises(NotFound):
            await library.project(platform, ALICE, project_id)
    await nothing_is_orphaned(platform)
    assert [key async for key in platform.storage.all_keys()] == []


async def test_a_remix_against_everything_else(platform: Platform, tmp_path: Path) -> None:
    """Complete, cancel, choose and delete at once: something is heard, and nothing is left over."""
    for number in range(RACES // 2):
        project_id, worker = await almost_done(platform, tmp_path, number)
        assert await finish(worker)
        parent = worker.run.take_id
        _, take = await editing.remix(platform, ALICE, RemixTake(parent, MixChange()))
        await worker.claim(project_id)
        for stage in list(StageName)[:-1]:
            await worker.step(stage, reports=0)
        await making.begin_stage(platform, worker.run, StageName.MIXING)
        results = await asyncio.gather(
            finish(worker),
            projects.cancel(platform, ALICE, project_id),
            takes.choose(platform, ALICE, parent),
            takes.delete(platform, ALICE, parent),
            takes.delete(platform, ALICE, take.id),
            return_exceptions=True,
        )
        legal = bool | Project | Take | Conflict | NotFound | tuple
        assert all(isinstance(result, legal) for result in results)
        (left,) = (await library.takes_of(platform, [project_id]))[project_id]
        project = await library.project(platform, ALICE, project_id)
        assert (project.status, project.current_take_id) == (left.status, left.id)
    await nothing_is_orphaned(platform)
