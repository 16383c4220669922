"""What happened to several projects, page by page, from one query for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from backend.errors import InvalidInput
from backend.models import ProjectEvent
from backend.persistence import events
from backend.services.library import Page
from backend.services.platform import Platform


class EventPage(NamedTuple):
    """Which page of which project."""

    project_id: str
    first: int
    after: int
    """The ``seq`` of an event; 0 for the beginning."""


def event_page(platform: Platform, project_id: str, first: int, after: int | None) -> EventPage:
    """Return which page is meant.

    Raises
    ------
    InvalidInput
        If ``first`` cannot be used.
    """
    most = platform.settings.max_event_page_size
    if not 1 <= first <= most:
        raise InvalidInput(f"Ask for 1 to {most} at a time.", field="first")
    return EventPage(project_id, first, after or 0)


async def event_pages(
    platform: Platform, wanted: Sequence[EventPage]
) -> dict[EventPage, Page[ProjectEvent]]:
    """Return the pages; the caller has seen their projects."""
    alike: defaultdict[tuple[int, int], list[EventPage]] = defaultdict(list)
    for page in wanted:
        alike[page.first, page.after].append(page)
    found: dict[EventPage, Page[ProjectEvent]] = {}
    for (first, after), pages in alike.items():
        found |= await _pages(platform, pages, first, after)
    return found


async def _pages(
    platform: Platform, wanted: Sequence[EventPage], first: int, after: int
) -> dict[EventPage, Page[ProjectEvent]]:
    rows: defaultdict[str, list[ProjectEvent]] = defaultdict(list)
    totals: dict[str, int] = {}
    async with platform.database.read() as session:
        ids = [page.project_id for page in wanted]
        for event, total in await events.pages(session, ids, after, first + 1):
            totals[event.project_id] = total
            if event.seq > after:
                rows[event.project_id].append(event)
    return {
        page: _page(rows[page.project_id], first, totals.get(page.project_id, 0)) for page in wanted
    }


def _page(found: Sequence[ProjectEvent], first: int, total: int) -> Page[ProjectEvent]:
    items = tuple(found[:first])
    return Page(items, tuple(str(item.seq) for item in items), len(found) > first, total)
