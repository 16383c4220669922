"""How soon a song that lost its worker is begun again, told without a clock.

A worker with room asks Redis for work at most once in ``POLL_SECONDS``. So the number of times that
one asks until the song begins again says how many seconds a machine with nothing else to do takes;
a busy machine asks less often in a second, and the number stays.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis

from backend.jobs.lease import DUE
from backend.jobs.worker import POLL_SECONDS
from backend.models import EventType
from backend.settings import Settings

PICKED_UP_SECONDS = 8.0
MOST_POLLS = round(PICKED_UP_SECONDS / POLL_SECONDS)
ASKS_FOR_WORK = hashlib.sha1(DUE.encode(), usedforsecurity=False).hexdigest()


class PickUps:
    """Counts for each song that is killed, and each kill, how often workers ask meanwhile.

    Parameters
    ----------
    redis : Redis
        What the workers ask.
    """

    def __init__(self, redis: Redis) -> None:
        self.polls: list[int] = []
        """One count for each pick-up that has been seen."""
        self._redis = redis
        self._waiting: dict[str, int] = {}

    async def killing(self, project_ids: Sequence[str]) -> None:
        """Say, where all the rest is heard, too, that these songs are about to be killed."""
        await self._redis.echo(" ".join(project_ids))

    async def listen(self) -> None:
        """Hear what everybody asks of this database of the server."""
        number = self._redis.connection_pool.connection_kwargs["db"]
        async with self._redis.monitor() as monitor:
            while True:
                heard = await monitor.next_command()
                if heard["db"] == number:
                    self._hear(heard["command"])

    def _hear(self, command: str) -> None:
        if command.startswith("ECHO "):
            self._waiting = dict.fromkeys(command.split()[1:], 0)
        elif ASKS_FOR_WORK in command:
            self._waiting = {song: polls + 1 for song, polls in self._waiting.items()}
        elif EventType.STAGE_STARTED.value in command:
            for song in [song for song in self._waiting if song in command]:
                self.polls.append(self._waiting.pop(song))


@asynccontextmanager
async def pick_ups(settings: Settings) -> AsyncIterator[PickUps]:
    """Count pick-ups as long as the block runs."""
    async with Redis.from_url(settings.redis_dsn) as redis:
        counted = PickUps(redis)
        listening = asyncio.create_task(counted.listen())
        try:
            yield counted
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
