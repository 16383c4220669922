"""What a viewer has: projects, takes, stages, events."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from backend.auth import Viewer
from backend.models import Project, ProjectEvent, Stage, Status, Take
from backend.services.platform import Platform

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; ``cursors[i]`` goes on after ``items[i]``."""

    items: tuple[T, ...]
    cursors: tuple[str, ...]
    has_next_page: bool
    total_count: int


async def project(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """One project (NotFound when missing or somebody else's)."""
    raise NotImplementedError


async def projects(platform: Platform, viewer: Viewer, *, first: int = 20, after: str | None = None, status: Status | None = None, search: str | None = None) -> Page[Project]:
    """Newest first (InvalidInput on first 1..100 and on a cursor that is none)."""
    raise NotImplementedError


async def projects_by_id(platform: Platform, viewer: Viewer, project_ids: Sequence[str]) -> dict[str, Project]:
    """For loaders; only the viewer's own."""
    raise NotImplementedError


async def takes(platform: Platform, take_ids: Sequence[str]) -> dict[str, Take]:
    """For loaders: takes by id (Project.current_take_id)."""
    raise NotImplementedError


async def takes_of(platform: Platform, project_ids: Sequence[str]) -> dict[str, list[Take]]:
    """For loaders: every project's takes, oldest first."""
    raise NotImplementedError


async def stages_of(platform: Platform, take_ids: Sequence[str]) -> dict[str, list[Stage]]:
    """For loaders: every take's five stages in order."""
    raise NotImplementedError


async def events(platform: Platform, viewer: Viewer, project_id: str, *, first: int = 100, after: int | None = None) -> Page[ProjectEvent]:
    """Oldest first, after the cursor (``int(cursor)`` = ``seq``)."""
    raise NotImplementedError


def progress_of(stages: Sequence[Stage]) -> float:
    """Progress of the whole project, 0 to 1, from the stages of its current take."""
    raise NotImplementedError


def current_stage_of(stages: Sequence[Stage]) -> str | None:
    """The running stage, or the first one to come while queued or between stages; None at the end."""
    raise NotImplementedError
