"""A cancellation that somebody swallowed is not lost."""

import asyncio

import pytest

from backend.cancelling import raise_if_cancelled


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
