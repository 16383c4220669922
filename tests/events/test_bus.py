"""Events through a real Valkey, also when it goes away."""

import asyncio
from collections.abc import AsyncIterator
from contextvars import ContextVar

import pytest

from backend.errors import ServiceUnavailable
from backend.events import Bus, Mailbox, open_bus
from backend.launch.valkey import EmbeddedValkey
from backend.models import EventType, ProjectEvent
from tests.fixtures.engine import PATIENCE_SECONDS, until

pytestmark = pytest.mark.api


def event(seq: int, project_id: str = "p") -> ProjectEvent:
    return ProjectEvent(project_id=project_id, seq=seq, type=EventType.STAGE_STARTED)


@pytest.fixture
async def bus(valkey: EmbeddedValkey) -> AsyncIterator[Bus]:
    async with open_bus(f"unix://{valkey.socket_path}?db=0") as bus:
        yield bus


async def listening(mailbox: Mailbox) -> None:
    """Wait for the reader: it tells every mailbox, once it listens, that it may have missed."""
    mailbox.catch_up()
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await mailbox.get() is None
    mailbox.catch_up()


async def test_everybody_hears_an_event_once(bus: Bus) -> None:
    with bus.mailbox("p") as one, bus.mailbox("p") as two, bus.mailbox("q") as other:
        await listening(one)
        two.catch_up()
        other.catch_up()
        await bus.publish("alice", event(1))
        for mailbox in (one, two):
            delivery = await mailbox.get()
            assert delivery is not None
            assert delivery.event.seq == 1
        await bus.publish("alice", event(1, "q"))
        heard = await other.get()
        assert heard is not None
        assert heard.event.project_id == "q"
    assert bus.subscribers == 0


async def test_the_stream_replays_what_it_has_whole(bus: Bus) -> None:
    for seq in range(1, 6):
        await bus.publish("alice", event(seq))
    replayed = await bus.replay("p", 2, 5)
    assert replayed is not None
    assert [one.seq for one in replayed] == [3, 4, 5]
    assert await bus.replay("p", 0, 6) is None


async def test_a_hole_in_the_stream_is_seen(bus: Bus) -> None:
    for seq in (1, 3, 2, 4):
        await bus.publish("alice", event(seq))
    assert await bus.replay("p", 0, 4) is None
    assert await bus.replay("p", 2, 4) is not None


async def test_a_user_hears_of_every_project(bus: Bus) -> None:
    with bus.bell("alice") as bell, bus.mailbox("p") as mailbox:
        await listening(mailbox)
        await bell.wait()
        await bus.publish("alice", event(1))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await bell.wait()
        await bus.publish_change("alice")
        async with asyncio.timeout(PATIENCE_SECONDS):
            await bell.wait()


async def test_a_stop_reaches_who_listens(bus: Bus) -> None:
    stopped: list[str] = []
    with bus.stops(stopped.append), bus.mailbox("p") as mailbox:
        await listening(mailbox)
        await bus.publish_stop("take-1")

        async def heard() -> bool:
            return stopped == ["take-1"]

        await until(heard)


async def test_the_reader_knows_nothing_of_who_came_first(bus: Bus) -> None:
    caller: ContextVar[str] = ContextVar("caller", default="nobody")
    heard_by: list[str] = []
    caller.set("the first one")
    with bus.stops(lambda _: heard_by.append(caller.get())), bus.mailbox("p") as mailbox:
        await listening(mailbox)
        await bus.publish_stop("take-1")

        async def heard() -> bool:
            return bool(heard_by)

        await until(heard)
    assert heard_by == ["nobody"]


async def test_mailboxes_fall_behind_when_redis_restarts(valkey: EmbeddedValkey, bus: Bus) -> None:
    with bus.mailbox("p") as mailbox:
        await listening(mailbox)
        valkey.stop()
        with pytest.raises(ServiceUnavailable):
            await bus.publish("alice", event(1))
        valkey.start()
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await mailbox.get() is None
        mailbox.catch_up()
        await bus.publish("alice", event(2))
        delivery = await mailbox.get()
        assert delivery is not None
        assert delivery.event.seq == 2


async def test_a_bus_without_redis_says_so() -> None:
    async with open_bus("unix:///nowhere/v.sock?db=0") as bus:
        with pytest.raises(ServiceUnavailable):
            await bus.ping()
        assert await bus.replay("p", 0, 1) is None
