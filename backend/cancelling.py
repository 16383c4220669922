"""Cancellation that a client library kept to itself."""

import asyncio


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
