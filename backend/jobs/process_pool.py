"""Children that are ready before a song needs them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.cancelling import to_the_end
from backend.jobs.process import SongProcess

logger = logging.getLogger(__name__)

SONGS_PER_PROCESS = 20
"""After so many songs a child makes room for a fresh one."""


class ProcessPool:
    """Keeps as many children waiting as songs may be made at once.

    A child that finished its song waits for the next one; one that was stopped or failed is killed
    and replaced.

    Parameters
    ----------
    target : str
        What the children run, ``module:class``.
    size : int
        How many wait.
    """

    def __init__(self, target: str, size: int) -> None:
        self._target = target
        self._size = size
        self._idle: list[SongProcess] = []
        self._songs: dict[SongProcess, int] = {}
        self._lent = 0
        self._filling: asyncio.Task[None] | None = None

    def fill(self) -> None:
        """Start the children that are missing, in the background."""
        if self._filling is None or self._filling.done():
            self._filling = asyncio.create_task(self._fill(), name="start song processes")

    @asynccontextmanager
    async def borrow(self) -> AsyncIterator[SongProcess]:
        """Lend a child for one song; whoever leaves by an exception gives back a dead one."""
        process = await self._take()
        self._lent += 1
        try:
            yield process
        except BaseException:
            await self._discard(process)
            raise
        else:
            await self._give_back(process)
        finally:
            self._lent -= 1
            self.fill()

    async def close(self) -> None:
        """Kill the children that wait."""
        if self._filling is not None:
            self._filling.cancel()
            await asyncio.gather(self._filling, return_exceptions=True)
        while self._idle:
            await self._discard(self._idle.pop())

    async def _take(self) -> SongProcess:
        while self._idle:
            process = self._idle.pop()
            if process.is_alive:
                return process
            await self._discard(process)
        return await SongProcess.start(self._target)

    async def _give_back(self, process: SongProcess) -> None:
        self._songs[process] = self._songs.get(process, 0) + 1
        if self._songs[process] >= SONGS_PER_PROCESS:
            await self._discard(process)
        else:
            self._idle.append(process)

    async def _discard(self, process: SongProcess) -> None:
        self._songs.pop(process, None)
        await to_the_end(process.kill())

    async def _fill(self) -> None:
        while len(self._idle) + self._lent < self._size:
            try:
                self._idle.append(await SongProcess.start(self._target))
            except OSError:
                logger.exception("cannot start a song process")
                return
