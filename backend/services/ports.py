"""What the services need from an edge that they must not import."""

from typing import Protocol


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

    async def workers_alive(self) -> bool:
        """Return whether a worker has shown itself within the last seconds."""
        ...
