"""Whose turn it is, how many songs come before one, and about how long it will take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from backend.models import Project, Status, Take
from backend.models.base import now
from backend.persistence import UnitOfWork, line, users
from backend.services.platform import Platform
from backend.services.stage_progress import WEIGHTS

LAST_SONGS = 20
"""So many finished songs tell how long one takes."""
USUAL_SECONDS = 30.0
"""What one takes when none has been finished yet."""
SPARE = 10
"""So many more than there is room for, should other workers be quicker."""


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


async def prospects(
    platform: Platform, wanted: Sequence[Take], progress: Mapping[str, float]
) -> dict[str, Prospect]:
    """Return what to expect of each take, from one query for all of them.

    The estimate takes all work to be done as quickly as in the last songs, and as much at once as
    is being made now. What a take has from its parent is no work, neither in it nor before it.

    Parameters
    ----------
    progress : mapping
        How far those are that have not ended, by their ids: 0 to 1.
    """
    live = [take for take in wanted if not take.status.is_final]
    found = {take.id: Prospect() for take in wanted}
    if not live:
        return found
    async with platform.database.read() as session:
        seen = await line.look_along(session, [take.id for take in live], LAST_SONGS, WEIGHTS)
    usual = _usual_seconds(seen.last)
    for take in live:
        place = seen.places.get(take.id)
        before = place.before / max(1, seen.at_work) if place else 0.0
        seconds = max(1, round(usual * (before + 1 - progress[take.id])))
        found[take.id] = Prospect(place.number if place else None, seconds)
    return found


def _usual_seconds(last: Sequence[tuple[timedelta, float]]) -> float:
    """Return how long a whole song takes, from takes of which some were made only in part."""
    made = sum(work for _, work in last)
    seconds = sum((span for span, _ in last), timedelta()).total_seconds()
    return seconds / made if made else USUAL_SECONDS


async def next_up(
    platform: Platform, due: Collection[tuple[str, int]], room: int
) -> Sequence[tuple[str, int]]:
    """Return which of the attempts in the queue to begin, the first one first.

    Parameters
    ----------
    due : collection of tuple
        Take id and attempt of every job in the queue that may begin now.
    room : int
        How many songs can be begun.

    Returns
    -------
    sequence of tuple
        First what waits no more: songs whose worker died, which go on, and jobs that have nothing
        to do. Then those who wait, in line, without those of users who have enough in work.
    """
    take_ids = {take_id for take_id, _ in due}
    async with platform.database.read() as session:
        waiting = set(await line.waiting(session, take_ids))
        turns = await line.next_in_line(
            session,
            limit=room + SPARE,
            most_each=platform.settings.max_running_songs_per_user,
            among=take_ids,
        )
    return [*(job for job in due if job not in waiting), *turns]


async def may_begin(platform: Platform, work: UnitOfWork, project: Project, take: Take) -> bool:
    """Serve the user, unless as many of their songs are in work as may be.

    Parameters
    ----------
    project, take : Project, Take
        Locked in this unit of work. A take that somebody began already may always go on.
    """
    user = await users.lock(work.session, project.user_id)
    if take.status is Status.QUEUED:
        at_work = await line.count_at_work(work.session, user.id)
        if at_work >= platform.settings.max_running_songs_per_user:
            return False
        user.served_at = now()
    return True
