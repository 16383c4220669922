"""Token buckets over a real Valkey."""

import asyncio

import pytest

from backend.errors import LimitExceeded, ServiceUnavailable
from backend.launch.valkey import EmbeddedValkey
from backend.rates import Places, Rate, TokenBuckets, open_token_buckets
from backend.rates import token_buckets as module

EXACT = Rate("thing", count=3, seconds=3600, exact=True)


def dsn(valkey: EmbeddedValkey) -> str:
    return f"unix://{valkey.socket_path}?db=0"


async def spend(buckets: TokenBuckets, rate: Rate, caller: str, times: int) -> int:
    """How many of so many tries got a token."""
    return sum([await buckets.wait_for(rate, caller) == 0 for _ in range(times)])


async def test_a_bucket_gives_what_it_holds_and_says_when_the_next_comes(
    valkey: EmbeddedValkey,
) -> None:
    async with open_token_buckets(dsn(valkey)) as buckets:
        assert await spend(buckets, EXACT, "alice", 5) == 3
        assert 1100 <= await buckets.wait_for(EXACT, "alice") <= 1200
        assert await spend(buckets, EXACT, "bob", 1) == 1


async def test_it_refills_with_time(valkey: EmbeddedValkey) -> None:
    quick = Rate("thing", count=2, seconds=1, exact=True)
    async with open_token_buckets(dsn(valkey)) as buckets:
        assert await spend(buckets, quick, "alice", 3) == 2
        await asyncio.sleep(0.6)
        assert await spend(buckets, quick, "alice", 1) == 1


async def test_processes_share_a_bucket_and_together_never_get_more(
    valkey: EmbeddedValkey,
) -> None:
    rate = Rate("request", count=100, seconds=100_000)
    assert rate.batch == 5
    async with open_token_buckets(dsn(valkey)) as one, open_token_buckets(dsn(valkey)) as other:
        got = await asyncio.gather(spend(one, rate, "alice", 80), spend(other, rate, "alice", 80))
    assert sum(got) == 100


async def test_only_so_many_callers_are_remembered(
    valkey: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CALLERS", 2)
    rate = Rate("request", count=40, seconds=100_000)
    async with open_token_buckets(dsn(valkey)) as buckets:
        for caller in "abc":
            assert await buckets.wait_for(rate, caller) == 0
        assert await spend(buckets, rate, "a", 40) == 38, "the forgotten token is not given twice"


async def test_without_redis_it_says_so_at_once_and_comes_back(
    valkey: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_token_buckets(dsn(valkey)) as buckets:
        valkey.stop()
        for _ in range(3):
            with pytest.raises(ServiceUnavailable):
                await buckets.wait_for(EXACT, "alice")
        valkey.start()
        monkeypatch.setattr(module, "AWAY_SECONDS", 0.0)
        await asyncio.sleep(1.0)
        assert await buckets.wait_for(EXACT, "alice") == 0


def test_places_are_left_again() -> None:
    places = Places()
    with places.place("alice", 2, "sockets"), places.place("alice", 2, "sockets"):
        with pytest.raises(LimitExceeded, match="At most 2 sockets"):
            places.place("alice", 2, "sockets").take()
        with places.place("bob", 2, "sockets"):
            pass
    with places.place("alice", 1, "sockets"):
        pass


async def test_many_at_once_do_not_empty_the_bucket_for_each_other(valkey: EmbeddedValkey) -> None:
    rate = Rate("request", count=100, seconds=100_000)
    async with open_token_buckets(dsn(valkey)) as buckets:
        waits = await asyncio.gather(*(buckets.wait_for(rate, "alice") for _ in range(30)))
        assert waits == [0] * 30
    async with open_token_buckets(dsn(valkey)) as after_a_crash:
        assert await spend(after_a_crash, rate, "alice", 100) == 70
