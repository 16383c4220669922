"""Watch a project, or everything one has."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from backend.auth import Viewer
from backend.cancelling import raise_if_cancelled
from backend.errors import NotFound, ServiceUnavailable
from backend.events import Delivery
from backend.models import EventType, Project, ProjectEvent, Status
from backend.observability.metrics import SUBSCRIPTIONS
from backend.persistence import events as event_rows
from backend.persistence import projects as project_rows
from backend.services.library import project as find_project
from backend.services.platform import Platform

LOOK_AGAIN_SECONDS = 15.0
"""Silence after which a dashboard is drawn again, should a change have got lost on the way."""
DATABASE_RETRY_SECONDS = 1.0
DASHBOARD_SECONDS = 0.25
DASHBOARD_PROJECTS = 50
REPLAY_PAGE = 500

TERMINAL = frozenset(
    {EventType.PROJECT_COMPLETED, EventType.PROJECT_FAILED, EventType.PROJECT_CANCELLED}
)


@dataclass(frozen=True, slots=True)
class DashboardSnapshot:
    """How many projects stand where, and those that run or wait, newest first (at most 50)."""

    counts: Mapping[Status, int]
    running: tuple[Project, ...]


async def watch(
    platform: Platform,
    viewer: Viewer,
    project_id: str,
    after: int | None = None,
    at_once: Callable[[ProjectEvent], bool] | None = None,
) -> AsyncGenerator[ProjectEvent, None]:
    """Return each event once and in order: what has happened first, then what happens.

    Late and early subscribers, lost messages and restarts of Redis all take one path: a mailbox
    that is *behind* sends its reader to the record, then goes on live. The end is the event that
    ends the project; a project that was retried after one goes on.

    Parameters
    ----------
    after : int or None
        The ``seq`` of the last event that the caller has seen.
    at_once : callable or None
        Is shown the progress that comes while the caller waits for the next event. What it takes,
        by returning true, has been seen and is not returned once more.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    """
    await find_project(platform, viewer, project_id)
    seen = after or 0

    def take(delivery: Delivery) -> bool:
        nonlocal seen
        taken = (
            at_once is not None
            and delivery.is_progress
            and delivery.first == seen + 1
            and at_once(delivery.event)
        )
        if taken:
            seen = delivery.last
        return taken

    with platform.bus.mailbox(project_id) as mailbox, SUBSCRIPTIONS.track_inprogress():
        while True:
            delivery = await mailbox.get(take)
            if delivery is None or delivery.first > seen + 1:
                mailbox.catch_up()
                project, missed = await _record(platform, viewer, project_id, seen)
                for event in missed:
                    seen = event.seq
                    yield event
                if project is None or (project.status.is_final and seen >= project.last_event_seq):
                    return
                del project, missed  # the wait may last for hours
            elif delivery.last > seen:
                seen = delivery.last
                yield delivery.event
                if not delivery.is_progress and delivery.event.type in TERMINAL:
                    return


async def watch_dashboard(platform: Platform, viewer: Viewer) -> AsyncIterator[DashboardSnapshot]:
    """Return a snapshot now and after every change, at most four a second, without end."""
    with platform.bus.bell(viewer.user_id) as bell, SUBSCRIPTIONS.track_inprogress():
        while True:
            snapshot = await _snapshot(platform, viewer)
            raise_if_cancelled()
            yield snapshot
            await asyncio.sleep(DASHBOARD_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                    await bell.wait()


async def _record(
    platform: Platform, viewer: Viewer, project_id: str, seen: int
) -> tuple[Project | None, list[ProjectEvent]]:
    """Return the project and its events after ``seen``; wait while the database is away."""
    while True:
        try:
            record = await _read_record(platform, viewer, project_id, seen)
        except ServiceUnavailable:
            raise_if_cancelled()
            await asyncio.sleep(DATABASE_RETRY_SECONDS)
        else:
            raise_if_cancelled()  # or the wait for the next event would never end
            return record


async def _read_record(
    platform: Platform, viewer: Viewer, project_id: str, seen: int
) -> tuple[Project | None, list[ProjectEvent]]:
    """Read from the stream what it still holds, from the database what it does not."""
    try:
        project = await find_project(platform, viewer, project_id)
    except NotFound:
        return None, []
    last = project.last_event_seq
    if last <= seen:
        return project, []
    recent = await platform.bus.replay(project_id, seen, last)
    if recent is not None:
        return project, list(recent)
    missed: list[ProjectEvent] = []
    async with platform.database.read() as session:
        while page := await event_rows.after(session, project_id, seen, REPLAY_PAGE):
            missed += page
            seen = page[-1].seq
    return project, missed


async def _snapshot(platform: Platform, viewer: Viewer) -> DashboardSnapshot:
    async with platform.database.read() as session:
        counts = await project_rows.counts_by_status(session, viewer.user_id)
        running = await project_rows.unfinished(session, viewer.user_id, DASHBOARD_PROJECTS)
    return DashboardSnapshot(counts, tuple(running))
