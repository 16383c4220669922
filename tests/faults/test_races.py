"""Wishes of users against each other and against the worker: legal ends only, nothing left over."""

import asyncio
from pathlib import Path

import pytest

from backend.errors import Conflict, NotFound
from backend.models import Project, Status
from backend.pipeline.artifacts import StageName
from backend.services import library, making, projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE
from tests.fixtures.played_worker import PlayedWorker

pytestmark = pytest.mark.faults

RACES = 10
"""Of each of three kinds on each of two databases."""


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
