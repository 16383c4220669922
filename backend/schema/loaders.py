"""One query per kind of row and level of the document, however many rows ask for it."""

from strawberry.dataloader import DataLoader

from backend.auth import Viewer
from backend.models import Project, ProjectEvent, ShareLink, Take
from backend.models.stage import StageRecord
from backend.services import downloads, library, queueing, sharing
from backend.services.event_pages import EventPage, event_pages
from backend.services.library import Page
from backend.services.platform import Platform
from backend.services.queueing import Prospect


class Loaders:
    """The loaders of one viewer.

    Parameters
    ----------
    platform : Platform
        Where the rows are.
    viewer : Viewer
        Whose projects may be loaded.
    remember : bool
        Whether a row is read only once.
    """

    def __init__(self, platform: Platform, viewer: Viewer, *, remember: bool) -> None:
        async def projects(ids: list[str]) -> list[Project | None]:
            rows = await library.projects_by_id(platform, viewer, ids)
            return [rows.get(row_id) for row_id in ids]

        async def takes(ids: list[str]) -> list[Take | None]:
            rows = await library.takes(platform, ids)
            return [rows.get(row_id) for row_id in ids]

        async def takes_of(ids: list[str]) -> list[list[Take]]:
            rows = await library.takes_of(platform, ids)
            return [rows.get(row_id, []) for row_id in ids]

        async def stages_of(ids: list[str]) -> list[list[StageRecord]]:
            rows = await library.stages_of(platform, ids)
            return [rows.get(row_id, []) for row_id in ids]

        async def prospects(ids: list[str]) -> list[Prospect]:
            rows = await library.takes(platform, ids)
            found = await queueing.prospects(platform, list(rows.values()))
            return [found.get(row_id, Prospect()) for row_id in ids]

        async def share_links(ids: list[str]) -> list[ShareLink | None]:
            rows = await sharing.links_of(platform, ids)
            return [rows.get(row_id) for row_id in ids]

        async def pages_of_events(wanted: list[EventPage]) -> list[Page[ProjectEvent]]:
            pages = await event_pages(platform, wanted)
            return [pages[page] for page in wanted]

        async def download_sizes(ids: list[str]) -> list[dict[str, int]]:
            sizes = await downloads.sizes(platform, ids)
            return [sizes.get(row_id, {}) for row_id in ids]

        self.download_sizes = DataLoader(download_sizes, cache=remember)
        self.event_page = DataLoader(pages_of_events, cache=remember)
        self.share_link = DataLoader(share_links, cache=remember)
        self.prospect = DataLoader(prospects, cache=remember)
        self.project = DataLoader(projects, cache=remember)
        self.take = DataLoader(takes, cache=remember)
        self.takes_of = DataLoader(takes_of, cache=remember)
        self.stages_of = DataLoader(stages_of, cache=remember)
