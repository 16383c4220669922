"""Pay what is owed to the queue, also what the queue has lost."""

from datetime import timedelta

from backend.models.base import now
from backend.persistence import line, outbox
from backend.services.announcing import pay
from backend.services.platform import Platform

GRACE = timedelta(seconds=2)
"""How long the process that owes may take to pay itself."""
BATCH = 200


async def relay(platform: Platform) -> None:
    """Enqueue what is owed, and once more those whose turn it is next.

    The queue knows its jobs by take and attempt, so enqueueing one that it has does nothing; one
    that it lost comes back.

    Raises
    ------
    ServiceUnavailable
        If queue or database are away; the next call goes on.
    """
    async with platform.database.read() as session:
        owed = await outbox.owed(session, now() - GRACE, BATCH)
        waiting = await line.next_in_line(session, limit=BATCH, most_each=BATCH)
    for row in owed:
        await pay(platform, row.take_id, row.attempt)
    for take_id, attempt in waiting:
        await platform.queue.enqueue(take_id, attempt)
