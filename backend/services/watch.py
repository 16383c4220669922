"""Watch a project, or everything one has."""
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from backend.auth import Viewer
from backend.models import Project, ProjectEvent, Status
from backend.services.platform import Platform


@dataclass(frozen=True, slots=True)
class DashboardSnapshot:
    """How many projects stand where, and those that run or wait (newest first, at most 50)."""

    counts: Mapping[Status, int]
    running: tuple[Project, ...]


async def watch(platform: Platform, viewer: Viewer, project_id: str, after: int | None = None) -> AsyncIterator[ProjectEvent]:
    """Each event once, in order; an async generator that ends with the project (NotFound)."""
    raise NotImplementedError
    yield


async def watch_dashboard(platform: Platform, viewer: Viewer) -> AsyncIterator[DashboardSnapshot]:
    """A snapshot now and after every change, at most four a second; never ends by itself."""
    raise NotImplementedError
    yield
