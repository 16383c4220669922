"""Where events wait for one subscriber: bounded, in order, and honest about gaps."""

import asyncio
from collections import deque
from dataclasses import dataclass

from backend.models import EventType, ProjectEvent

CONFLATE_FROM = 64
"""Waiting events from which on only the newest progress is kept."""
CAPACITY = 256
"""Waiting events at which the subscriber is sent to the database instead."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event, and the first number that it stands for.

    ``first`` is smaller than ``event.seq`` when progress before it was left out for a slow reader;
    a reader that has seen ``first - 1`` has missed nothing that matters.
    """

    event: ProjectEvent
    first: int


class Mailbox:
    """The queue of one subscriber to one project.

    It starts *behind*: what happened before must be read from the record first. It falls behind
    again when events were missed or too many wait. While behind it takes nothing in.
    """

    def __init__(self) -> None:
        self._waiting: deque[Delivery] = deque()
        self._behind = True
        self._quiet = False
        self._wake = asyncio.Event()
        self._wake.set()

    def put(self, event: ProjectEvent) -> None:
        """Take an event in; called by the bus."""
        if self._behind:
            return
        self._quiet = False
        if len(self._waiting) >= CONFLATE_FROM:
            self._conflate()
        if len(self._waiting) >= CAPACITY:
            self.miss()
            return
        self._waiting.append(Delivery(event, event.seq))
        self._wake.set()

    def miss(self) -> None:
        """Note that events may have been lost; called by the bus."""
        self._behind = True
        self._waiting.clear()
        self._wake.set()

    def doubt(self) -> None:
        """Send the reader to the record if nothing came in since the last doubt."""
        if self._quiet:
            self.miss()
        self._quiet = True

    def catch_up(self) -> None:
        """Take events in again; call it before reading the record."""
        self._behind = False
        self._waiting.clear()
        self._wake.clear()

    async def get(self) -> Delivery | None:
        """Wait for the next event; None when the record must be read."""
        await self._wake.wait()
        if self._behind:
            return None
        delivery = self._waiting.popleft()
        if not self._waiting:
            self._wake.clear()
        return delivery

    def _conflate(self) -> None:
        """Leave out all progress but the newest; the next event stands for what was left out."""
        newest = max(
            (place for place, waiting in enumerate(self._waiting) if _is_progress(waiting)),
            default=-1,
        )
        kept: deque[Delivery] = deque()
        first: int | None = None
        for place, waiting in enumerate(self._waiting):
            first = waiting.first if first is None else first
            if _is_progress(waiting) and place != newest:
                continue
            kept.append(Delivery(waiting.event, first))
            first = None
        self._waiting = kept


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


def _is_progress(waiting: Delivery) -> bool:
    return waiting.event.type is EventType.STAGE_PROGRESS
