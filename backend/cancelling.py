"""Cancellation that comes at the wrong moment: kept to itself by a library, or more than once."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def raise_if_cancelled() -> None:
    """Go on with a cancellation that got lost on the way.

    A call to Redis or to the database that is cancelled may come back as a lost connection, or as
    an answer. Who loops around such calls asks here, or it would never end.

    Raises
    ------
    asyncio.CancelledError
        If the task has been told to stop.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Finish what must not stay half done, however often the task is cancelled meanwhile.

    ``asyncio.shield`` lets the work go on, but its caller leaves; whatever the work needs may then
    be closed under it.

    Raises
    ------
    asyncio.CancelledError
        Once the work is done, if the task was told to stop meanwhile.
    """
    task = asyncio.ensure_future(work)
    told_to_stop = False
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            told_to_stop = True
    if told_to_stop:
        raise asyncio.CancelledError
    return task.result()
