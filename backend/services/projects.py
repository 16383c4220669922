"""Start, cancel, retry, rename and delete."""

import hashlib
from dataclasses import asdict
from datetime import timedelta

import orjson
from pydantic import TypeAdapter

from backend.auth import Viewer
from backend.errors import Conflict, InvalidInput, LimitExceeded, NotFound
from backend.models import Project, Stage, Status, Take
from backend.models.base import now
from backend.persistence import (
    UnitOfWork,
    artifacts,
    events,
    line,
    outbox,
    share_links,
    stages,
    takes,
    users,
)
from backend.persistence import projects as rows
from backend.pipeline.artifacts import MixSettings, SongRequest, StageName
from backend.services.announcing import announce_change, owe_job
from backend.services.platform import Platform
from backend.services.song_request import (
    LONGEST_TITLE,
    StartSong,
    check_idempotency_key,
    check_request,
    check_text,
    title_from,
)
from backend.services.takes import queue_again, stop
from backend.services.unused_files import delete_unused

__all__ = ["StartSong", "cancel", "delete", "rename", "retry", "start"]

QUEUE_LIMIT = 2_000
"""Songs that may wait before new ones are refused."""
QUEUE_FULL_RETRY_SECONDS = 60
IDEMPOTENCY_KEPT = timedelta(hours=24)

_REQUEST = TypeAdapter(SongRequest)
_MIX = TypeAdapter(MixSettings)


async def start(platform: Platform, viewer: Viewer, command: StartSong) -> Project:
    """Write the project with its first take, and owe the job to the queue, all or nothing.

    Raises
    ------
    InvalidInput
        If a field cannot be obeyed, or the idempotency key came with another request before.
    LimitExceeded
        If too many songs wait.
    """
    request = check_request(command, longest_seconds=platform.settings.max_duration_seconds)
    key = check_idempotency_key(command.idempotency_key)
    take = Take(
        seed=request.seed,
        request=_REQUEST.dump_python(request, mode="json"),
        mix=_MIX.dump_python(MixSettings(), mode="json"),
        project_id="",
    )
    project = Project(
        user_id=viewer.user_id,
        title=request.title or title_from(request.prompt),
        prompt=request.prompt,
        idempotency_key=key,
        request_hash=_hash_of(command),
        current_take_id=take.id,
        working_take_id=take.id,
    )
    take.project_id = project.id
    async with platform.database.write() as work:
        await users.ensure(work.session, viewer.user_id)
        if key is not None:
            expired = now() - IDEMPOTENCY_KEPT
            await rows.forget_idempotency_key(work.session, viewer.user_id, key, expired)
        if not await rows.add(work.session, project):
            return await _earlier(work, project)
        await check_queue(work)
        work.session.add(take)
        await work.session.flush()
        work.session.add_all(_new_stages(take))
        await work.session.flush()
        await owe_job(platform, work, take.id, take.attempt)
        announce_change(platform, work, viewer.user_id)
    return project


async def cancel(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """Stop the take in work and keep what is finished; cancelling twice is the same as once.

    The take that was heard before stays the current one.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    Conflict
        If it is completed or failed already.
    """
    async with platform.database.write() as work:
        project, take = await _lock(work, viewer, project_id)
        if project.status is Status.CANCELLED:
            return project
        if project.status.is_final:
            raise Conflict(f"This project is {project.status.value} already; nothing to cancel.")
        await stop(platform, work, project, take)
    return project


async def retry(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """Go on from the last checkpoint; a project that waits or runs already is left alone.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    Conflict
        If it is completed.
    """
    async with platform.database.write() as work:
        project, take = await _lock(work, viewer, project_id)
        if project.status is Status.COMPLETED:
            raise Conflict("This project is completed; there is nothing to retry.")
        if project.status.is_final:
            await queue_again(platform, work, project, take)
    return project


async def rename(platform: Platform, viewer: Viewer, project_id: str, title: str) -> Project:
    """Give the project another title.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    InvalidInput
        If the title is empty, too long or holds control characters.
    """
    title = check_text(title, "title", LONGEST_TITLE)
    async with platform.database.write() as work:
        project, _ = await _lock(work, viewer, project_id)
        project.title = title
        project.updated_at = now()
        announce_change(platform, work, viewer.user_id)
    return project


async def delete(platform: Platform, viewer: Viewer, project_id: str) -> str:
    """Delete the project with everything that belongs to it alone; stop its job first.

    Returns
    -------
    str
        The id.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    """
    async with platform.database.write() as work:
        project, take = await _lock(work, viewer, project_id)
        if not project.status.is_final:
            await stop(platform, work, project, take)
            await work.session.flush()
        keys = await artifacts.remove_of_project(work.session, project_id)
        for table in (events, outbox, stages, takes, share_links):
            await table.remove_of_project(work.session, project_id)
        work.session.expunge_all()
        await rows.remove(work.session, project_id)
        announce_change(platform, work, viewer.user_id)
        work.after_commit(lambda: platform.bus.forget(project_id))
        work.after_commit(lambda: delete_unused(platform, keys))
    return project_id


async def check_queue(work: UnitOfWork) -> None:
    """Refuse when too many wait, also those that the queue lost or does not have yet.

    Raises
    ------
    LimitExceeded
        If too many songs wait.
    """
    waiting = await line.count_waiting(work.session, QUEUE_LIMIT)
    if waiting >= QUEUE_LIMIT:
        raise LimitExceeded(
            f"{waiting} songs are waiting; please try again in a minute.",
            retry_after_seconds=QUEUE_FULL_RETRY_SECONDS,
        )


async def _earlier(work: UnitOfWork, project: Project) -> Project:
    """Return the project that has the idempotency key."""
    key = project.idempotency_key or ""
    earlier = await rows.by_idempotency_key(work.session, project.user_id, key)
    if earlier is None or earlier.request_hash != project.request_hash:
        raise InvalidInput(
            "This key came with another request before; use a new key for a new song.",
            field="idempotencyKey",
        )
    return earlier


async def _lock(work: UnitOfWork, viewer: Viewer, project_id: str) -> tuple[Project, Take]:
    project = await rows.lock_owned(work.session, viewer.user_id, project_id)
    held = await takes.lock(work.session, project.followed_take_id) if project else None
    if held is None:
        raise NotFound("There is no such project.")
    return held


def _new_stages(take: Take) -> list[Stage]:
    return [
        Stage(take_id=take.id, position=position, name=name.value)
        for position, name in enumerate(StageName)
    ]


def _hash_of(command: StartSong) -> str:
    document = asdict(command)
    del document["idempotency_key"]
    return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()
