"""Work that is asked for twice is done once, and never too much of it at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

from backend.errors import LimitExceeded

RETRY_SECONDS = 5

T = TypeVar("T")


class SingleFlight:
    """Runs one task per key; whoever asks meanwhile waits for the same one.

    A task goes on when those who wait for it are gone: what it makes is kept.

    Parameters
    ----------
    at_once : int
        How many tasks run.
    most : int
        How many run or wait; beyond, nobody is let in.
    """

    def __init__(self, at_once: int = 2, most: int = 64) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = most
        self._tasks: dict[Hashable, asyncio.Task[Any]] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Return what the work of this key gives.

        Raises
        ------
        LimitExceeded
            If too much is waiting already.
        """
        task: asyncio.Task[T] | None = self._tasks.get(key)
        if task is None:
            if len(self._tasks) >= self._most:
                raise LimitExceeded(
                    "Too much is being made right now; try again in a few seconds.",
                    retry_after_seconds=RETRY_SECONDS,
                )
            task = asyncio.create_task(self._placed(work), name=f"make {key}")
            self._tasks[key] = task
            task.add_done_callback(lambda ended: self._forget(key, ended))
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Stop everything."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _placed(self, work: Callable[[], Awaitable[T]]) -> T:
        async with self._places:
            return await work()

    def _forget(self, key: Hashable, ended: asyncio.Task[Any]) -> None:
        del self._tasks[key]
        if not ended.cancelled():
            ended.exception()  # nobody may be left to hear of it
