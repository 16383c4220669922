"""How much has been made lately, hour by hour, and who is there to make more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.auth import Viewer
from backend.errors import ServiceUnavailable
from backend.models import Status
from backend.models.base import now
from backend.persistence import takes as take_rows
from backend.services.platform import Platform
from backend.services.ports import PresentWorker

HOUR = timedelta(hours=1)
HOURS_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Hour:
    """What came of the takes that ended within one whole hour (UTC)."""

    starts_at: datetime
    finished: int
    failed: int


async def hours(platform: Platform, viewer: Viewer) -> tuple[Hour, ...]:
    """Return the viewer's last 24 hours, oldest first; the last one is not over yet."""
    present = now().replace(minute=0, second=0, microsecond=0)
    first = present - (HOURS_SHOWN - 1) * HOUR
    async with platform.database.read() as session:
        ends = await take_rows.ends_of_user(session, viewer.user_id, first)
    return tuple(_hour(first + n * HOUR, ends) for n in range(HOURS_SHOWN))


async def workers(platform: Platform) -> Sequence[PresentWorker]:
    """Return who is there to make songs; nobody while the queue is away."""
    try:
        return await platform.queue.workers()
    except ServiceUnavailable:
        return ()


def _hour(starts_at: datetime, ends: list[tuple[Status, datetime]]) -> Hour:
    within = [status for status, at in ends if starts_at <= at < starts_at + HOUR]
    return Hour(starts_at, within.count(Status.COMPLETED), within.count(Status.FAILED))
