"""Fields that wait for the same row do not depend on each other."""

import asyncio

from backend.schema.row_loader import RowLoader


async def test_a_field_that_is_cancelled_takes_no_row_from_others() -> None:
    asked: list[list[int]] = []
    begun, may_answer = asyncio.Event(), asyncio.Event()

    async def read(keys: list[int]) -> list[int]:
        asked.append(keys)
        begun.set()
        await may_answer.wait()
        return [10 * key for key in keys]

    loader = RowLoader(read)

    async def field() -> int:
        return await loader.load(1)

    one, other = asyncio.create_task(field()), asyncio.create_task(field())
    await begun.wait()
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    may_answer.set()
    assert await other == 10
    assert await field() == 10
    assert asked == [[1]]
