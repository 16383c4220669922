"""One query per kind of row and level of the document, however many rows ask for it."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from strawberry.dataloader import DataLoader

from backend.auth import Viewer
from backend.models import Project, ProjectEvent, ShareLink, Take
from backend.models.stage import StageRecord
from backend.schema.row_loader import RowLoader
from backend.schema.take_loaders import OfTakes, TakeLoader
from backend.services import downloads, library, queueing, sharing
from backend.services.event_pages import EventPage, event_pages
from backend.services.library import Page
from backend.services.platform import Platform
from backend.services.queueing import Prospect

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Loaders:
    """The loaders of one request or connection.

    Parameters
    ----------
    platform : Platform
        Where the rows are.
    viewer : callable
        Whose projects may be loaded; asked when some are, and refuses whoever is not signed in.
    remember : bool
        Whether a row is read only once.
    """

    def __init__(self, platform: Platform, viewer: Callable[[], Viewer], *, remember: bool) -> None:
        def loader(
            read: Callable[[list[K]], Awaitable[Mapping[K, T]]], missing: Callable[[], T]
        ) -> DataLoader[K, T]:
            async def load(keys: list[K]) -> list[T]:
                found = await read(keys)
                return [found[key] if key in found else missing() for key in keys]

            return RowLoader(load, cache=remember)

        def nothing() -> None:
            return None

        async def projects(ids: list[str]) -> dict[str, Project]:
            return await library.projects_by_id(platform, viewer(), ids)

        self.project: DataLoader[str, Project | None] = loader(projects, nothing)
        self.takes = TakeLoader(platform, remember=remember)
        stages_of: DataLoader[str, list[StageRecord]] = loader(
            partial(library.stages_of, platform), list
        )

        async def prospects(takes: Sequence[Take]) -> dict[str, Prospect]:
            live = [take.id for take in takes if not take.status.is_final]
            progress = map(library.progress_of, await stages_of.load_many(live))
            known = dict(zip(live, progress, strict=True))
            return await queueing.prospects(platform, takes, known)

        self.stages_of = stages_of
        self.prospects: OfTakes[Prospect] = OfTakes(
            self.takes, prospects, Prospect, remember=remember
        )
        self.share_link: DataLoader[str, ShareLink | None] = loader(
            partial(sharing.links_of, platform), nothing
        )
        self.download_sizes: OfTakes[dict[str, int]] = OfTakes(
            self.takes, partial(downloads.sizes, platform), dict, remember=remember
        )
        self.event_page: DataLoader[EventPage, Page[ProjectEvent]] = loader(
            partial(event_pages, platform), lambda: Page((), (), has_next_page=False, total_count=0)
        )
