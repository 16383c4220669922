"""Try a take again, choose the one that is heard, delete one."""

from backend.auth import Viewer
from backend.errors import Conflict, NotFound
from backend.models import EventType, Project, ProjectEvent, StageStatus, Status, Take
from backend.models.base import now
from backend.persistence import UnitOfWork, artifacts, outbox, stages
from backend.persistence import takes as rows
from backend.services import standing
from backend.services.announcing import announce, announce_change, owe_job
from backend.services.platform import Platform
from backend.services.stage_progress import DONE, progress_of
from backend.services.unused_files import delete_unused


async def retry(platform: Platform, viewer: Viewer, take_id: str) -> Take:
    """Go on with a take from its last checkpoint; one that waits or runs already is left alone.

    Raises
    ------
    NotFound
        If the viewer has no such take.
    Conflict
        If it is completed, or another take of the project is in work.
    """
    async with platform.database.write() as work:
        project, take = await lock(work, viewer, take_id)
        if take.status is Status.COMPLETED:
            raise Conflict("This take is completed; there is nothing to retry.")
        if take.status.is_final:
            await require_rest(work, project)
            await queue_again(platform, work, project, take)
    return take


async def choose(platform: Platform, viewer: Viewer, take_id: str) -> tuple[Project, Take]:
    """Make a completed take the one that is heard; choosing twice is the same as once.

    Raises
    ------
    NotFound
        If the viewer has no such take.
    Conflict
        If it is not completed.
    """
    async with platform.database.write() as work:
        project, take = await lock(work, viewer, take_id)
        if take.status is not Status.COMPLETED:
            raise Conflict("Only a finished take can be chosen.")
        if project.current_take_id != take.id:
            standing.hear(project, take)
            project.updated_at = now()
            announce_change(platform, work, project.user_id)
    return project, take


async def delete(platform: Platform, viewer: Viewer, take_id: str) -> Project:
    """Delete a take with everything that belongs to it alone; stop its job first.

    When it was the one that is heard, the newest completed one takes its place.

    Raises
    ------
    NotFound
        If the viewer has no such take.
    Conflict
        If it is the only one.
    """
    async with platform.database.write() as work:
        project, take = await lock(work, viewer, take_id)
        others = [one for one in await rows.of_projects(work.session, [project.id]) if one != take]
        if not others:
            raise Conflict("This is the only take; delete the project instead.")
        if not take.status.is_final:
            await stop(platform, work, project, take)
        if project.current_take_id == take_id:
            standing.hear(project, max(others, key=_worth_hearing))
        project.updated_at = now()
        await work.session.flush()
        keys = await artifacts.remove_of_take(work.session, take_id)
        await rows.remove(work.session, take_id)
        work.session.expunge(take)
        announce_change(platform, work, project.user_id)
        work.after_commit(lambda: delete_unused(platform, keys))
    return project


async def lock(work: UnitOfWork, viewer: Viewer, take_id: str) -> tuple[Project, Take]:
    """Return a take of the viewer and its project; nobody else changes either until the commit.

    Raises
    ------
    NotFound
        If the viewer has no such take.
    """
    held = await rows.lock(work.session, take_id)
    if held is None or held[0].user_id != viewer.user_id:
        raise NotFound("There is no such take.")
    return held


async def require_rest(work: UnitOfWork, project: Project) -> None:
    """Check that no take of a locked project is in work.

    Raises
    ------
    Conflict
        If one is.
    """
    for take in await rows.by_ids(work.session, [project.working_take_id or ""]):
        raise Conflict(
            f"Take {take.number} is still being made; wait until it is finished, or cancel it."
        )


async def stop(platform: Platform, work: UnitOfWork, project: Project, take: Take) -> None:
    """Cancel a take in work that is locked in this unit of work."""
    take.attempt += 1
    take.status, take.run_id, take.completed_at = Status.CANCELLED, None, now()
    standing.end(project, take)
    found = await stages.of_takes(work.session, [take.id])
    for stage in found:
        if stage.status not in DONE:
            stage.status = StageStatus.CANCELLED
    cancelled = ProjectEvent(
        type=EventType.PROJECT_CANCELLED, progress=progress_of(found), message="Cancelled."
    )
    await announce(platform, work, project, take, cancelled)
    await outbox.settle(work.session, take.id, take.attempt)
    take_id = take.id
    work.after_commit(lambda: platform.bus.publish_stop(take_id))


async def queue_again(platform: Platform, work: UnitOfWork, project: Project, take: Take) -> None:
    """Let a take that failed or was cancelled wait for a worker again."""
    take.attempt += 1
    take.status = Status.QUEUED
    take.error = take.run_id = take.completed_at = None
    standing.begin(project, take)
    project.updated_at = now()
    for stage in await stages.of_takes(work.session, [take.id]):
        if stage.status not in DONE:
            stage.status, stage.attempts, stage.error = StageStatus.PENDING, 0, None
    await work.session.flush()
    await owe_job(platform, work, take.id, take.attempt)
    announce_change(platform, work, project.user_id)


def _worth_hearing(take: Take) -> tuple[bool, int]:
    return take.status is Status.COMPLETED, take.number
