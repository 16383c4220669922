"""A cancellation that somebody swallowed is not lost, and breaks off nothing halfway."""

import asyncio

import pytest

from backend.cancelling import raise_if_cancelled, to_the_end


async def test_a_loop_ends_although_its_call_swallowed_the_cancellation() -> None:
    calls = 0

    async def deaf_call() -> None:
        nonlocal calls
        calls += 1
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            return

    async def loop() -> None:
        while True:
            await deaf_call()
            raise_if_cancelled()

    task = asyncio.create_task(loop())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(5):
            await task
    assert calls == 1


async def test_who_was_not_told_to_stop_goes_on() -> None:
    raise_if_cancelled()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.001):
            await asyncio.sleep(1)
    raise_if_cancelled()


async def test_work_is_finished_however_often_the_task_is_cancelled() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), False

    async def work() -> None:
        nonlocal ended
        begun.set()
        await may_end.wait()
        ended = True

    task = asyncio.create_task(to_the_end(work()))
    await begun.wait()
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended


async def test_finished_work_answers() -> None:
    async def work() -> int:
        await asyncio.sleep(0)
        return 7

    assert await to_the_end(work()) == 7


async def test_failed_work_fails() -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it is this very error, and says nothing
        await to_the_end(work())
