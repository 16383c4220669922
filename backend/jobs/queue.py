"""The queue of songs, on ARQ."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
from arq.connections import ArqRedis
from redis.asyncio import ConnectionPool
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from backend.errors import ServiceUnavailable
from backend.settings import Settings

QUEUE = "aimusic:queue"
HEALTH_KEY = f"{QUEUE}:worker"
MAKE_SONG = "make_song"
AWAY = (RedisConnectionError, RedisTimeoutError, OSError)


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
                _job_id=f"{take_id}:{attempt}",
                _defer_by=delay_seconds or None,
            )
        except AWAY as error:
            raise _away() from error

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

    async def workers_alive(self) -> bool:
        """Return whether a worker has shown itself within the last seconds.

        Raises
        ------
        ServiceUnavailable
            If Redis is away.
        """
        try:
            return bool(await self.redis.exists(HEALTH_KEY))
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


def serialize(job: object) -> bytes:
    """Return the job as JSON; errors, which ARQ wants to keep, as their text."""
    return orjson.dumps(job, default=repr)


def _away() -> ServiceUnavailable:
    return ServiceUnavailable("The queue is away for a moment; try again.")
