import asyncio

import pytest

from backend.errors import LimitExceeded, NotFound
from backend.services.single_flight import SingleFlight


async def test_what_is_asked_for_at_once_is_done_once_and_later_again() -> None:
    flight, done = SingleFlight(), []

    async def work() -> int:
        await asyncio.sleep(0.01)
        done.append(1)
        return len(done)

    assert await asyncio.gather(*(flight.run("key", work) for _ in range(5))) == [1] * 5
    assert await flight.run("key", work) == 2


async def test_only_so_much_runs_and_only_so_much_waits() -> None:
    flight, gate, running = SingleFlight(at_once=2, most=3), asyncio.Event(), []

    async def work() -> None:
        running.append(1)
        await gate.wait()

    asked = [asyncio.create_task(flight.run(key, work)) for key in "abc"]
    await asyncio.sleep(0.01)
    assert len(running) == 2
    with pytest.raises(LimitExceeded) as refused:
        await flight.run("d", work)
    assert refused.value.retry_after_seconds
    gate.set()
    await asyncio.gather(*asked)
    assert len(running) == 3


async def test_work_goes_on_without_the_one_who_asked() -> None:
    flight, gate, done = SingleFlight(), asyncio.Event(), []

    async def work() -> None:
        await gate.wait()
        done.append(1)

    asked = asyncio.create_task(flight.run("key", work))
    await asyncio.sleep(0)
    asked.cancel()
    gate.set()
    await asyncio.sleep(0.01)
    assert done == [1]


async def test_everybody_hears_of_a_failure_and_the_next_one_tries_again() -> None:
    flight, answers = SingleFlight(), iter([NotFound("gone"), None])

    async def work() -> str:
        await asyncio.sleep(0)
        if (failure := next(answers)) is not None:
            raise failure
        return "made"

    first = await asyncio.gather(
        *(flight.run("key", work) for _ in range(2)), return_exceptions=True
    )
    assert [type(one) for one in first] == [NotFound, NotFound]
    assert await flight.run("key", work) == "made"


async def test_closing_stops_what_runs() -> None:
    flight = SingleFlight()
    asked = asyncio.create_task(flight.run("key", asyncio.Event().wait))
    await asyncio.sleep(0.01)
    await flight.close()
    with pytest.raises(asyncio.CancelledError):
        await asked
