"""A Valkey that takes connections and never answers holds no watcher up."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from backend.events import Bus
from backend.events import bus as buses
from backend.launch.valkey import EmbeddedValkey
from tests.events.test_bus import bus, event
from tests.fixtures.engine import PATIENCE_SECONDS, until
from tests.launch.embedded import server_pid

__all__ = ["bus"]

pytestmark = pytest.mark.api

WATCHERS = 5 * buses.MOST_REPLAYS
"""So many more than can read at the same time would wait for one another, five seconds each."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buses, "REPLAY_SECONDS", 0.2)


@contextmanager
def hung(valkey: EmbeddedValkey) -> Iterator[None]:
    """Stop the server's process: the kernel goes on taking connections for it."""
    process = psutil.Process(server_pid(valkey))
    process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


async def replays(bus: Bus) -> list[bool]:
    """Replay a project each for all watchers at once; return who got it from the stream."""
    found = await asyncio.gather(*(bus.replay(f"p{n}", 0, 1) for n in range(WATCHERS)))
    for number, events in enumerate(found):
        assert events is None or [one.project_id for one in events] == [f"p{number}"]
    return [events is not None for events in found]


async def test_all_watchers_are_sent_to_the_database_while_it_hangs(
    valkey: EmbeddedValkey, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buses, "AWAY_SECONDS", 0.0)
    for number in range(WATCHERS):
        await bus.publish("alice", event(1, f"p{number}"))
    with hung(valkey):
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert not any(await replays(bus))
    monkeypatch.setattr(buses, "REPLAY_SECONDS", PATIENCE_SECONDS)

    async def all_from_the_stream() -> bool:
        return all(await replays(bus))

    await until(all_from_the_stream)


async def test_a_redis_that_failed_is_left_alone_for_a_while(
    valkey: EmbeddedValkey, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buses, "AWAY_SECONDS", 3600.0)
    await bus.publish("alice", event(1))
    with hung(valkey):
        assert await bus.replay("p", 0, 1) is None
    await bus.ping()
    assert await bus.replay("p", 0, 1) is None
    async with buses.open_bus(f"unix://{valkey.socket_path}?db=0") as another:

        async def replayed() -> object:
            return await another.replay("p", 0, 1)

        monkeypatch.setattr(buses, "AWAY_SECONDS", 0.0)
        await until(replayed)


async def test_who_waits_for_a_replay_can_be_cancelled(
    valkey: EmbeddedValkey, bus: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buses, "REPLAY_SECONDS", 3600.0)
    with hung(valkey):
        waiting = [asyncio.create_task(bus.replay("p", 0, 1)) for _ in range(WATCHERS)]
        await asyncio.sleep(0.1)
        for one in waiting:
            one.cancel()
        async with asyncio.timeout(PATIENCE_SECONDS):
            found = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(one, asyncio.CancelledError) for one in found)
