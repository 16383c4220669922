"""A bounded queue that loses nothing that matters, or says that it did."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.events import Bell, Delivery, Mailbox
from backend.events.mailbox import CAPACITY, CONFLATE_FROM
from backend.models import EventType, ProjectEvent

PROGRESS, STARTED = EventType.STAGE_PROGRESS, EventType.STAGE_STARTED


def event(seq: int, kind: EventType = PROGRESS) -> ProjectEvent:
    return ProjectEvent(project_id="p", seq=seq, type=kind)


async def drain(mailbox: Mailbox) -> list[tuple[int, int] | None]:
    """Return (first, seq) of everything that waits; None stands for being behind."""
    found: list[tuple[int, int] | None] = []
    while True:
        try:
            async with asyncio.timeout(0.001):
                delivery = await mailbox.get()
        except TimeoutError:
            return found
        if delivery is None:
            return [*found, None]
        found.append((delivery.first, delivery.event.seq))


async def test_a_new_mailbox_is_behind_and_takes_nothing_in() -> None:
    mailbox = Mailbox()
    mailbox.put(Delivery.of(event(1)))
    assert await drain(mailbox) == [None]


async def test_events_come_in_order_once_it_has_caught_up() -> None:
    mailbox = Mailbox()
    mailbox.catch_up()
    for seq in range(1, 6):
        mailbox.put(Delivery.of(event(seq)))
    assert await drain(mailbox) == [(seq, seq) for seq in range(1, 6)]


async def test_a_missed_event_sends_the_reader_to_the_record() -> None:
    mailbox = Mailbox()
    mailbox.catch_up()
    mailbox.put(Delivery.of(event(1)))
    mailbox.miss()
    mailbox.put(Delivery.of(event(3)))
    assert await drain(mailbox) == [None]
    mailbox.catch_up()
    mailbox.put(Delivery.of(event(4)))
    assert await drain(mailbox) == [(4, 4)]


async def test_a_waiting_reader_wakes() -> None:
    mailbox = Mailbox()
    mailbox.catch_up()
    reading = asyncio.create_task(mailbox.get())
    await asyncio.sleep(0)
    mailbox.put(Delivery.of(event(1)))
    delivery = await reading
    assert delivery is not None
    assert delivery.event.seq == 1


async def test_what_is_taken_while_the_reader_waits_does_not_wake_it() -> None:
    mailbox, taken = Mailbox(), list[int]()
    mailbox.catch_up()

    def take(delivery: Delivery) -> bool:
        if delivery.last % 2:
            taken.append(delivery.last)
        return bool(delivery.last % 2)

    first, *later = (Delivery.of(event(seq)) for seq in (1, 3, 4, 5))
    mailbox.put(first)
    assert await mailbox.get(take) is first
    reading = asyncio.create_task(mailbox.get(take))
    await asyncio.sleep(0)
    mailbox.put(later[0])
    await asyncio.sleep(0)
    assert not reading.done()
    mailbox.put(later[1])
    mailbox.put(later[2])
    assert await reading is later[1]
    assert await mailbox.get(take) is later[2]
    assert taken == [3]


@given(st.lists(st.sampled_from([PROGRESS, PROGRESS, PROGRESS, STARTED]), max_size=400))
async def test_a_slow_reader_sees_every_step_and_the_newest_progress(
    kinds: list[EventType],
) -> None:
    mailbox = Mailbox()
    mailbox.catch_up()
    events = [event(seq, kind) for seq, kind in enumerate(kinds, 1)]
    for one in events:
        mailbox.put(Delivery.of(one))
    found = await drain(mailbox)
    if found and found[-1] is None:
        steps = sum(kind is STARTED for kind in kinds)
        assert steps >= CAPACITY - CONFLATE_FROM
        return
    seen = [pair for pair in found if pair is not None]
    assert {seq for _, seq in seen} >= {one.seq for one in events if one.type is STARTED}
    assert not events or seen[-1][1] == events[-1].seq
    expected = 1
    for first, seq in seen:
        assert first == expected
        expected = seq + 1


async def test_too_many_steps_send_the_reader_to_the_record() -> None:
    mailbox = Mailbox()
    mailbox.catch_up()
    for seq in range(1, CAPACITY + 2):
        mailbox.put(Delivery.of(event(seq, STARTED)))
    assert await drain(mailbox) == [None]


async def test_several_rings_are_one() -> None:
    bell = Bell()
    bell.ring()
    bell.ring()
    await bell.wait()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await bell.wait()
