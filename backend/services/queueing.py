"""How many songs come before one, and about how long it will take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from backend.models import Status, Take
from backend.persistence import stages, takes
from backend.services.platform import Platform
from backend.services.stage_progress import progress_of

LAST_SONGS = 20
"""So many finished songs tell how long one takes."""
USUAL_SECONDS = 30.0
"""What one takes when none has been finished yet."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What somebody who waits for a take can expect.

    Parameters
    ----------
    queue_position : int or None
        1 for the song that is made next; None unless it waits.
    eta_seconds : int or None
        An estimate of the time until it is finished; None once it has ended.
    """

    queue_position: int | None = None
    eta_seconds: int | None = None


async def prospects(platform: Platform, wanted: Sequence[Take]) -> dict[str, Prospect]:
    """Return what to expect of each take, from a handful of queries for all of them.

    The estimate takes every song for as long as the last ones, and as many at once as are being
    made now.
    """
    live = [take for take in wanted if not take.status.is_final]
    found = {take.id: Prospect() for take in wanted}
    if not live:
        return found
    async with platform.database.read() as session:
        line = {take_id: place for place, take_id in enumerate(await takes.line(session), 1)}
        spans = await takes.last_spans(session, LAST_SONGS)
        at_once = max(1, await takes.count_running(session))
        rows = await stages.of_takes(session, [take.id for take in live])
    usual = sum(spans, timedelta()).total_seconds() / len(spans) if spans else USUAL_SECONDS
    for take in live:
        place = line.get(take.id) if take.status is Status.QUEUED else None
        left = usual * (1 - progress_of([row for row in rows if row.take_id == take.id]))
        before = usual * (place - 1) / at_once if place else 0.0
        found[take.id] = Prospect(place, max(1, round(before + left)))
    return found
