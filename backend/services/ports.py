"""What the services need from an edge that they must not import."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PresentWorker:
    """A worker that has shown itself within the last seconds."""

    id: str
    started_at: datetime
    songs_in_work: int
    room: int
    """Songs that it makes at the same time at most."""


class JobQueue(Protocol):
    """Where songs wait to be made: ARQ in the product, inline for one song in a terminal."""

    async def enqueue(self, take_id: str, attempt: int, *, delay_seconds: float = 0.0) -> None:
        """Queue one attempt of a take; the same attempt twice is one job.

        Raises
        ------
        ServiceUnavailable
            If the queue cannot be reached; the outbox keeps what is owed.
        """
        ...

    async def length(self) -> int:
        """Return how many jobs wait or run.

        Raises
        ------
        ServiceUnavailable
            If the queue cannot be reached.
        """
        ...

    async def workers(self) -> Sequence[PresentWorker]:
        """Return the workers that are there, those who came first before the others.

        Raises
        ------
        ServiceUnavailable
            If the queue cannot be reached.
        """
        ...
