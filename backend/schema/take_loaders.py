"""Takes and what follows from them: one query for all takes that one level asks for."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from backend.models import Take
from backend.schema.row_loader import RowLoader
from backend.services import library
from backend.services.platform import Platform

T = TypeVar("T")


class Wanted(NamedTuple):
    """Which takes: the one with the id, or all of the project with the id."""

    id: str
    of_project: bool


class TakeLoader:
    """Takes by their own ids and by those of their projects, read together.

    Parameters
    ----------
    platform : Platform
        Where the rows are.
    remember : bool
        Whether a row is read only once.
    """

    def __init__(self, platform: Platform, *, remember: bool) -> None:
        self._platform = platform
        self._remember = remember
        self._found: RowLoader[Wanted, Sequence[Take]] = RowLoader(self._read, cache=remember)

    async def load(self, take_id: str) -> Take | None:
        """Return one take; the caller has seen its project."""
        found = await self._found.load(Wanted(take_id, of_project=False))
        return found[0] if found else None

    async def of_project(self, project_id: str) -> Sequence[Take]:
        """Return a project's takes, oldest first."""
        return await self._found.load(Wanted(project_id, of_project=True))

    async def _read(self, wanted: list[Wanted]) -> list[Sequence[Take]]:
        by_id, of_projects = await library.takes_of_both(
            self._platform,
            take_ids=[one.id for one in wanted if not one.of_project],
            project_ids=[one.id for one in wanted if one.of_project],
        )
        if self._remember:  # what comes with its project need not be read again by its id
            known = {Wanted(take.id, of_project=False): (take,) for take in by_id.values()}
            self._found.prime_many(known)
        return [
            of_projects.get(one.id, ()) if one.of_project else _at_most_one(by_id.get(one.id))
            for one in wanted
        ]


def _at_most_one(take: Take | None) -> Sequence[Take]:
    return () if take is None else (take,)


class OfTakes(Generic[T]):
    """What follows from takes, worked out for many at once.

    Parameters
    ----------
    takes : TakeLoader
        Where the takes come from.
    read : callable
        Works it out, by the ids of the takes.
    missing : callable
        What a take has that has been deleted.
    remember : bool
        Whether each is worked out only once.
    """

    def __init__(
        self,
        takes: TakeLoader,
        read: Callable[[Sequence[Take]], Awaitable[Mapping[str, T]]],
        missing: Callable[[], T],
        *,
        remember: bool,
    ) -> None:
        async def work_out(rows: list[Take]) -> list[T]:
            found = await read(rows)
            return [found[row.id] for row in rows]

        self._takes = takes
        self._missing = missing
        self._found: RowLoader[Take, T] = RowLoader(
            work_out, cache=remember, cache_key_fn=lambda take: take.id
        )

    async def load(self, take_id: str) -> T:
        """Return what follows from one take."""
        take = await self._takes.load(take_id)
        return self._missing() if take is None else await self._found.load(take)
