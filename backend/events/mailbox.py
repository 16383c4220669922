"""Where events wait for one subscriber: bounded, in order, and honest about gaps."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from backend.models import EventType, ProjectEvent

CONFLATE_FROM = 64
"""Waiting events from which on only the newest progress is kept."""
CAPACITY = 256
"""Waiting events at which the subscriber is sent to the database instead."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event, and the numbers that it stands for.

    ``first`` is smaller than ``last``, the event's own, when progress before it was left out for a
    slow reader; a reader that has seen ``first - 1`` has missed nothing that matters.
    """

    event: ProjectEvent
    first: int
    last: int
    is_progress: bool

    @classmethod
    def of(cls, event: ProjectEvent) -> "Delivery":
        """Return the delivery of one event: the same one for all who wait for it."""
        return cls(event, event.seq, event.seq, event.type is EventType.STAGE_PROGRESS)


Take = Callable[[Delivery], bool]
"""Is shown an event, and returns whether that was all that had to be done with it."""


class Mailbox:
    """The queue of one subscriber to one project.

    It starts *behind*: what happened before must be read from the record first. It falls behind
    again when events were missed or too many wait. While behind it takes nothing in.

    There are thousands of these, nearly always empty: a list, and a future when somebody waits,
    take a tenth of the memory of a deque and an ``asyncio.Event``.
    """

    __slots__ = ("_behind", "_quiet", "_take", "_waiter", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Delivery] = []
        self._behind = True
        self._quiet = False
        self._waiter: asyncio.Future[None] | None = None
        self._take: Take | None = None

    def put(self, delivery: Delivery) -> None:
        """Take an event in; called by the bus."""
        if self._behind:
            return
        self._quiet = False
        if self._is_awaited and self._take is not None and self._take(delivery):
            return
        if len(self._waiting) >= CONFLATE_FROM:
            self._waiting = _conflated(self._waiting)
        if len(self._waiting) >= CAPACITY:
            self.miss()
            return
        self._waiting.append(delivery)
        self._wake()

    def miss(self) -> None:
        """Note that events may have been lost; called by the bus."""
        self._behind = True
        self._waiting.clear()
        self._wake()

    def doubt(self) -> None:
        """Send the reader to the record if nothing came in since the last doubt."""
        if self._quiet:
            self.miss()
        self._quiet = True

    def catch_up(self) -> None:
        """Take events in again; call it before reading the record."""
        self._behind = False
        self._waiting.clear()

    async def get(self, take: Take | None = None) -> Delivery | None:
        """Wait for the next event; None when the record must be read. For one reader.

        Parameters
        ----------
        take : callable or None
            Is shown what comes while the reader waits. What it takes is not returned, and the
            reader is not woken for it: waking one costs more than sending a few bytes.
        """
        self._take = take
        while not self._behind and not self._waiting:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return None if self._behind else self._waiting.pop(0)

    @property
    def _is_awaited(self) -> bool:
        return self._waiter is not None and not self._waiter.done()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _conflated(waiting: list[Delivery]) -> list[Delivery]:
    """Leave out all progress but the newest; the next event stands for what was left out."""
    newest = max((place for place, one in enumerate(waiting) if one.is_progress), default=-1)
    kept: list[Delivery] = []
    first: int | None = None
    for place, one in enumerate(waiting):
        first = one.first if first is None else first
        if one.is_progress and place != newest:
            continue
        kept.append(replace(one, first=first))
        first = None
    return kept


class Bell:
    """Rings when something changed; several rings before one looks are one."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Ring; called by the bus."""
        self._rung.set()

    async def wait(self) -> None:
        """Wait for the next ring."""
        await self._rung.wait()
        self._rung.clear()
