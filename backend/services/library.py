"""What a viewer has: projects, takes, stages, events."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from backend.auth import Viewer
from backend.errors import InvalidInput, NotFound
from backend.models import Project, ProjectEvent, Status, Take
from backend.models.stage import StageRecord
from backend.persistence import events as event_rows
from backend.persistence import projects as project_rows
from backend.persistence import stages as stage_rows
from backend.persistence import takes as take_rows
from backend.persistence.project_order import ProjectOrder, cursor_of, place_at
from backend.services.platform import Platform
from backend.services.stage_progress import current_stage_of, progress_of

__all__ = [
    "Page",
    "ProjectOrder",
    "current_stage_of",
    "events",
    "progress_of",
    "project",
    "projects",
    "projects_by_id",
    "stages_of",
    "takes",
    "takes_of",
    "takes_of_both",
]

LONGEST_SEARCH = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``cursors[i]`` goes on after ``items[i]``."""

    items: tuple[T, ...]
    cursors: tuple[str, ...]
    has_next_page: bool
    total_count: int


async def project(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """Return one project.

    Raises
    ------
    NotFound
        If it does not exist or is somebody else's.
    """
    async with platform.database.read() as session:
        found = await project_rows.owned(session, viewer.user_id, project_id)
    if found is None:
        raise NotFound("There is no such project.")
    return found


async def projects(
    platform: Platform,
    viewer: Viewer,
    *,
    first: int = 20,
    after: str | None = None,
    status: Status | None = None,
    search: str | None = None,
    order: ProjectOrder = ProjectOrder.NEWEST,
) -> Page[Project]:
    """Return a page of the viewer's projects.

    Parameters
    ----------
    first : int
        1 to 100.
    after : str or None
        A cursor of an earlier page in the same order.
    search : str or None
        Words that title or prompt must hold, in any case and order.

    Raises
    ------
    InvalidInput
        If ``first``, ``after`` or ``search`` cannot be used.
    """
    _check_first(first, platform.settings.max_page_size)
    if search is not None and len(search) > LONGEST_SEARCH:
        raise InvalidInput(f"Search for at most {LONGEST_SEARCH} characters.", field="search")
    place = place_at(order, after) if after is not None else None
    user_id = viewer.user_id
    async with platform.database.read() as session:
        found, total = await project_rows.listed(
            session,
            user_id,
            order=order,
            limit=first + 1,
            after=place,
            status=status,
            search=search,
        )
        if total is None:
            total = await project_rows.count(session, user_id, status=status, search=search)
    items = tuple(item for item, _ in found[:first])
    cursors = tuple(cursor_of(order, place) for _, place in found[:first])
    return Page(items, cursors, len(found) > first, total)


async def projects_by_id(
    platform: Platform, viewer: Viewer, project_ids: Sequence[str]
) -> dict[str, Project]:
    """Return those of the projects that are the viewer's."""
    async with platform.database.read() as session:
        found = await project_rows.by_ids(session, viewer.user_id, project_ids)
    return {item.id: item for item in found}


async def takes(platform: Platform, take_ids: Sequence[str]) -> dict[str, Take]:
    """Return the takes; the caller has seen their projects."""
    async with platform.database.read() as session:
        found = await take_rows.by_ids(session, take_ids)
    return {take.id: take for take in found}


async def takes_of(platform: Platform, project_ids: Sequence[str]) -> dict[str, list[Take]]:
    """Return every project's takes, oldest first."""
    return (await takes_of_both(platform, (), project_ids))[1]


async def takes_of_both(
    platform: Platform, take_ids: Sequence[str], project_ids: Sequence[str]
) -> tuple[dict[str, Take], dict[str, list[Take]]]:
    """Return takes by their ids and every project's takes, oldest first, from one query."""
    if not project_ids:
        return await takes(platform, take_ids), {}
    async with platform.database.read() as session:
        found = await take_rows.of_projects(session, project_ids, besides=take_ids)
    by_id = {take.id: take for take in found}
    return by_id, _grouped(project_ids, ((take.project_id, take) for take in found))


async def stages_of(platform: Platform, take_ids: Sequence[str]) -> dict[str, list[StageRecord]]:
    """Return every take's five stages in order."""
    async with platform.database.read() as session:
        found = await stage_rows.records_of_takes(session, take_ids)
    return _grouped(take_ids, ((stage.take_id, stage) for stage in found))


async def events(
    platform: Platform,
    viewer: Viewer,
    project_id: str,
    *,
    first: int = 100,
    after: int | None = None,
) -> Page[ProjectEvent]:
    """Return a page of what happened to a project, oldest first.

    Parameters
    ----------
    first : int
        1 to 1000.
    after : int or None
        The ``seq`` of an event.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    InvalidInput
        If ``first`` cannot be used.
    """
    _check_first(first, platform.settings.max_event_page_size)
    await project(platform, viewer, project_id)
    async with platform.database.read() as session:
        found = await event_rows.after(session, project_id, after or 0, first + 1)
        total = await event_rows.count(session, project_id)
    items = tuple(found[:first])
    return Page(items, tuple(str(item.seq) for item in items), len(found) > first, total)


def _check_first(first: int, most: int) -> None:
    if not 1 <= first <= most:
        raise InvalidInput(f"Ask for 1 to {most} at a time.", field="first")


def _grouped(keys: Iterable[str], pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: groups[key] for key in keys}
