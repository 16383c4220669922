"""One query per kind of row and level of the document, however many rows ask for it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

from strawberry.dataloader import DataLoader

from backend.auth import Viewer
from backend.models import Project, Stage, Take
from backend.services import library
from backend.services.platform import Platform

V = TypeVar("V")


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
        async def projects(ids: list[str]) -> Mapping[str, Project | None]:
            return await library.projects_by_id(platform, viewer, ids)

        async def takes(ids: list[str]) -> Mapping[str, Take | None]:
            return await library.takes(platform, ids)

        async def takes_of(ids: list[str]) -> Mapping[str, list[Take]]:
            return await library.takes_of(platform, ids)

        async def stages_of(ids: list[str]) -> Mapping[str, list[Stage]]:
            return await library.stages_of(platform, ids)

        self.project = DataLoader(_in_order(projects, None), cache=remember)
        self.take = DataLoader(_in_order(takes, None), cache=remember)
        self.takes_of = DataLoader(_in_order(takes_of, []), cache=remember)
        self.stages_of = DataLoader(_in_order(stages_of, []), cache=remember)


def _in_order(
    read: Callable[[list[str]], Awaitable[Mapping[str, V]]], missing: V
) -> Callable[[list[str]], Awaitable[Sequence[V]]]:
    """Return rows in the order of the ids, as loaders want them."""

    async def load(ids: list[str]) -> Sequence[V]:
        rows = await read(ids)
        return [rows.get(row_id, missing) for row_id in ids]

    return load
