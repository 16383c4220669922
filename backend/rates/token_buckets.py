"""Token buckets in Redis: one Lua call takes tokens, refills by the server's clock, and forgets."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from redis.asyncio import Redis
from redis.exceptions import RedisError

from backend.errors import ServiceUnavailable

TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local capacity, per_second, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local held = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = tonumber(held[1]) or capacity
local passed = math.max(0, now - (tonumber(held[2]) or now))
tokens = math.min(capacity, tokens + passed * per_second)
local given = math.min(wanted, math.floor(tokens))
redis.call('HSET', KEYS[1], 'tokens', tokens - given, 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * capacity / per_second))
return {given, math.ceil(1000 * (1 - tokens + given) / per_second)}
"""
"""Returns the tokens given and, if there were none, the milliseconds until the next."""

SHARE = 20
"""A process takes up to a twentieth of a bucket at once, so that not every request asks Redis."""
CALLERS = 10_000
"""Callers whose tokens a process holds; the least recent one's are forgotten, never given twice."""
AWAY_SECONDS = 1.0
"""After a failure Redis is left alone for so long: no request waits for it meanwhile."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many within a window, all at once if need be.

    Parameters
    ----------
    name : str
        What is counted; part of the key.
    count : int
        Capacity of the bucket.
    seconds : int
        How long an empty bucket takes to fill.
    exact : bool
        Whether each one is taken from Redis itself. Otherwise a process holds a few.
    """

    name: str
    count: int
    seconds: int
    exact: bool = False

    @property
    def batch(self) -> int:
        """How many tokens a process takes at once."""
        return 1 if self.exact else max(1, self.count // SHARE)


class TokenBuckets:
    """The buckets of all callers.

    Parameters
    ----------
    redis : Redis
        Where they stand.
    """

    def __init__(self, redis: Redis) -> None:
        self._take = redis.register_script(TAKE)
        self._held: OrderedDict[str, int] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._away_until = 0.0

    async def wait_for(self, rate: Rate, caller: str) -> int:
        """Take one token.

        Parameters
        ----------
        rate : Rate
            Which bucket, and how large it is.
        caller : str
            Whose bucket.

        Returns
        -------
        int
            0 if it was there; otherwise the seconds until the next one, at least 1.

        Raises
        ------
        ServiceUnavailable
            If Redis is away.
        """
        key = f"aimusic:rate:{rate.name}:{caller}"
        if self._spend(key):
            return 0
        asking = self._asking.setdefault(key, asyncio.Lock())
        async with asking:  # who comes meanwhile spends of what this one gets
            if self._spend(key):
                return 0
            given, wait = await self._ask(rate, key)
            if given > 1:
                self._hold(key, given - 1)
            return 0 if given else max(1, math.ceil(wait / 1000))

    def _spend(self, key: str) -> bool:
        held = self._held.pop(key, 0)
        if held > 1:
            self._hold(key, held - 1)
        return held > 0

    def _hold(self, key: str, tokens: int) -> None:
        self._held[key] = self._held.get(key, 0) + tokens
        if len(self._held) > CALLERS:
            self._held.popitem(last=False)

    async def _ask(self, rate: Rate, key: str) -> tuple[int, int]:
        if time.monotonic() < self._away_until:
            raise ServiceUnavailable("The rate limiter is away for a moment; try again.")
        arguments = [rate.count, rate.count / rate.seconds, rate.batch]
        try:
            given, wait = await self._take(keys=[key], args=arguments)
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            raise ServiceUnavailable("The rate limiter is away for a moment; try again.") from error
        return int(given), int(wait)


@asynccontextmanager
async def open_token_buckets(dsn: str) -> AsyncIterator[TokenBuckets]:
    """Open the buckets; Redis may come later."""
    redis = Redis.from_url(dsn, socket_connect_timeout=1, socket_timeout=1)
    try:
        yield TokenBuckets(redis)
    finally:
        await redis.aclose()
