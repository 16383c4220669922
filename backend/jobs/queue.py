"""The queue of songs, on ARQ."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import orjson
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from backend.errors import ServiceUnavailable
from backend.jobs.presence import present
from backend.services.ports import PresentWorker
from backend.settings import Settings

QUEUE = "aimusic:queue"
MAKE_SONG = "make_song"
AWAY = (RedisError, OSError)
"""Whoever cannot write is away, too: for want of memory, of disk, of replicas, of being master."""
AT_ONCE = datetime.fromtimestamp(0, UTC)
"""Due by every clock, also by one that was set back."""
LONGEST_DELAY_SECONDS = 60.0
"""Every delay is shorter."""
KEPT_SECONDS = 86_400
"""How long the queue keeps a job that nobody begins; what still waits then is queued again."""


class ArqQueue:
    """Enqueues attempts; see ``backend.services.ports.JobQueue``.

    Parameters
    ----------
    redis : ArqRedis
        Connects when first used, so that Redis may come later and go away meanwhile.
    """

    def __init__(self, redis: ArqRedis) -> None:
        self.redis = redis

    async def enqueue(self, take_id: str, attempt: int, *, delay_seconds: float = 0.0) -> None:
        """Queue one attempt of a take; one that is queued or running already stays as it is.

        Raises
        ------
        ServiceUnavailable
            If Redis is away.
        """
        try:
            await self.redis.enqueue_job(
                MAKE_SONG,
                take_id,
                attempt,
                _job_id=job_id(take_id, attempt),
                _defer_until=await self._in(delay_seconds) if delay_seconds else AT_ONCE,
                _expires=KEPT_SECONDS,
            )
        except AWAY as error:
            raise _away() from error

    async def _in(self, seconds: float) -> datetime:
        """Return the time after so many seconds by the clock of Redis, which all share."""
        now, microseconds = await self.redis.time()
        return datetime.fromtimestamp(now, UTC) + timedelta(
            seconds=seconds, microseconds=microseconds
        )

    async def length(self) -> int:
        """Return how many jobs wait or run.

        Raises
        ------
        ServiceUnavailable
            If Redis is away.
        """
        try:
            return int(await self.redis.zcard(QUEUE))
        except AWAY as error:
            raise _away() from error

    async def workers(self) -> list[PresentWorker]:
        """Return the workers that are there, those who came first before the others.

        Raises
        ------
        ServiceUnavailable
            If Redis is away.
        """
        try:
            return await present(self.redis)
        except AWAY as error:
            raise _away() from error


@asynccontextmanager
async def open_queue(settings: Settings) -> AsyncIterator[ArqQueue]:
    """Open the queue; jobs are kept as JSON."""
    pool = ConnectionPool.from_url(
        settings.redis_dsn, socket_connect_timeout=2, socket_timeout=5, encoding="utf8"
    )
    redis = ArqRedis(
        pool,
        job_serializer=serialize,
        job_deserializer=orjson.loads,
        default_queue_name=QUEUE,
    )
    try:
        yield ArqQueue(redis)
    finally:
        await redis.aclose()
        await pool.disconnect()


def job_id(take_id: str, attempt: int) -> str:
    """Return the name under which the queue knows an attempt."""
    return f"{take_id}:{attempt}"


def attempt_of(job: str) -> tuple[str, int]:
    """Return take and attempt of a job's name."""
    take_id, _, attempt = job.rpartition(":")
    return take_id, int(attempt)


def serialize(job: object) -> bytes:
    """Return the job as JSON; errors, which ARQ wants to keep, as their text."""
    return orjson.dumps(job, default=repr)


def _away() -> ServiceUnavailable:
    return ServiceUnavailable("The queue is away for a moment; try again.")
