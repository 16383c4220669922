"""Events over Redis: a stream per project to read again, publish and subscribe to hear at once."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from contextvars import Context
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.cancelling import raise_if_cancelled
from backend.errors import ServiceUnavailable
from backend.events.hub import Hub, StopListener
from backend.events.mailbox import Bell, Mailbox
from backend.events.messages import decode, encode
from backend.models import ProjectEvent

logger = logging.getLogger(__name__)

STREAM_LENGTH = 2_000
"""Events of a project that the stream keeps (approximately); older ones are in the database."""
STREAM_SECONDS = 86_400
"""How long after its last event a project's stream stays."""
RECONNECT_SECONDS = 0.5
LISTEN_SECONDS = 5.0
DOUBT_SECONDS = 15.0
"""Silence after which watchers look into the record, should an event have got lost; up to twice."""
MOST_REPLAYS = 16
"""Streams read at the same time: each read takes a connection, which stays open afterwards."""
REPLAY_SECONDS = 1.0
"""For one replay, its turn to read included; the database has it all, too."""
AWAY_SECONDS = 3.0
"""After a failure no stream is read for so long: nobody waits for a Redis that does not answer."""
AWAY = (RedisError, OSError)
"""Whoever cannot write is away, too: for want of memory, of disk, of replicas, of being master."""
FORGOTTEN_SECONDS = 600
"""How long a deleted project is remembered, so that a late event does not bring its stream back."""

PUBLISH = """
if redis.call('EXISTS', KEYS[2]) == 0 then
    redis.pcall('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], ARGV[1], 'event', ARGV[2])
    redis.call('EXPIRE', KEYS[1], ARGV[4])
end
redis.call('PUBLISH', ARGV[5], ARGV[2])
"""
"""XADD fails when a later event was quicker: the stream then has a hole, which readers see."""


class Bus:
    """The events of all processes, as one process sees them.

    Parameters
    ----------
    redis : Redis
        Client for commands; the reader opens its own connection from it.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._publish = redis.register_script(PUBLISH)
        self._replays = asyncio.Semaphore(MOST_REPLAYS)
        self._away_until = 0.0
        self._hub = Hub()
        self._reader: asyncio.Task[None] | None = None
        self._doubting: asyncio.TimerHandle | None = None

    async def publish(self, user_id: str, event: ProjectEvent) -> None:
        """Send a committed event to everybody who watches the project or its user.

        Raises
        ------
        ServiceUnavailable
            If Redis is away; watchers find the event in the database.
        """
        keys = [_stream(event.project_id), _forgotten(event.project_id)]
        arguments: list[bytes | str | float] = [
            f"{event.seq}-0",
            encode(event),
            STREAM_LENGTH,
            STREAM_SECONDS,
            f"aimusic:event:{event.project_id}:{user_id}",
        ]
        with _plain_errors():
            await self._publish(keys=keys, args=arguments)

    async def publish_change(self, user_id: str) -> None:
        """Say that something among the user's projects changed without an event."""
        with _plain_errors():
            await self._redis.publish(f"aimusic:user:{user_id}", b"")

    async def publish_stop(self, take_id: str) -> None:
        """Ask whoever makes the take to stop at once."""
        with _plain_errors():
            await self._redis.publish(f"aimusic:stop:{take_id}", b"")

    async def replay(self, project_id: str, after: int, last: int) -> Sequence[ProjectEvent] | None:
        """Return the events after one number up to another, if the stream still has them all.

        None, too, when Redis does not answer soon; the database has them.
        """
        count = last - after
        if time.monotonic() < self._away_until:
            return None
        try:
            async with asyncio.timeout(REPLAY_SECONDS), self._replays:
                entries = await self._redis.xrange(
                    _stream(project_id), min=f"({after}-0", max=f"{last}-0", count=count
                )
        except AWAY:
            raise_if_cancelled()
            self._away_until = time.monotonic() + AWAY_SECONDS
            return None
        events = [decode(fields[b"event"]) for _, fields in entries]
        return events if len(events) == count else None

    async def forget(self, project_id: str) -> None:
        """Drop the project's stream, for good."""
        with _plain_errors():
            async with self._redis.pipeline() as together:
                together.set(_forgotten(project_id), b"", ex=FORGOTTEN_SECONDS)
                together.delete(_stream(project_id))
                await together.execute()

    async def ping(self) -> None:
        """Ask for nothing.

        Raises
        ------
        ServiceUnavailable
            If Redis is away.
        """
        with _plain_errors():
            await self._redis.ping()

    def mailbox(self, project_id: str) -> AbstractContextManager[Mailbox]:
        """Subscribe to a project; see ``Mailbox``."""
        self._listen()
        return self._hub.mailbox(project_id)

    def bell(self, user_id: str) -> AbstractContextManager[Bell]:
        """Subscribe to whatever changes among a user's projects."""
        self._listen()
        return self._hub.bell(user_id)

    def stops(self, listener: StopListener) -> AbstractContextManager[None]:
        """Hear of takes that are to be stopped."""
        self._listen()
        return self._hub.stops(listener)

    @property
    def subscribers(self) -> int:
        """How many subscriptions this process serves."""
        return self._hub.subscribers

    def _listen(self) -> None:
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read(), name="event reader", context=Context())
        if self._doubting is None:
            self._doubt_later()

    def _doubt_later(self) -> None:
        self._doubting = asyncio.get_running_loop().call_later(DOUBT_SECONDS, self._doubt)

    def _doubt(self) -> None:
        self._hub.doubt()
        self._doubt_later()

    async def _read(self) -> None:
        """Read for the whole process, again and again when Redis goes away."""
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.psubscribe("aimusic:*")
                    while True:
                        message = await channel.get_message(timeout=LISTEN_SECONDS)
                        raise_if_cancelled()
                        if message is not None:
                            self._hear(message)
            except AWAY as error:
                logger.warning("events pause until Redis is back: %s", error)
            except Exception:
                logger.exception("the event reader failed; it starts again")
            raise_if_cancelled()
            await asyncio.sleep(RECONNECT_SECONDS)

    def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "psubscribe":
            self._hub.missed()
        elif message["type"] == "pmessage":
            _, topic, name = message["channel"].decode().split(":", 2)
            if topic == "event":
                project_id, _, user_id = name.partition(":")
                self._hub.event(project_id, message["data"])
                self._hub.change(user_id)
            elif topic == "user":
                self._hub.change(name)
            elif topic == "stop":
                self._hub.stop(name)

    async def close(self) -> None:
        """Stop the reader."""
        if self._doubting is not None:
            self._doubting.cancel()
        if self._reader is not None:
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader


@asynccontextmanager
async def open_bus(dsn: str) -> AsyncIterator[Bus]:
    """Open the bus; Redis may come later."""
    redis = Redis.from_url(dsn, socket_connect_timeout=2, socket_timeout=5)
    bus = Bus(redis)
    try:
        yield bus
    finally:
        await bus.close()
        await redis.aclose()


def _stream(project_id: str) -> str:
    return f"aimusic:events:{project_id}"


def _forgotten(project_id: str) -> str:
    return f"aimusic:forgotten:{project_id}"


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except AWAY as error:
        raise ServiceUnavailable("The event bus is away for a moment; try again.") from error
