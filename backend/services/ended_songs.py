"""Songs that have ended lately, as operators count them.

Workers have no port that could be scraped; what they did stands in the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.models.stage import StageRecord
from backend.persistence import stages, takes
from backend.services.platform import Platform
from backend.services.song_summary import from_take


@dataclass(frozen=True, slots=True)
class EndedSong:
    """One take that has ended.

    Parameters
    ----------
    take_id, status : str
        Which one, and how it ended.
    real_time_factor : float or None
        Time to make it over its length; None unless it was made from the first stage to the last.
    stages : sequence of StageRecord
        Those that have ended.
    """

    take_id: str
    status: str
    real_time_factor: float | None
    stages: Sequence[StageRecord]


async def ended_since(platform: Platform, since: datetime) -> list[EndedSong]:
    """Return the takes that have ended since then, in no order.

    Raises
    ------
    ServiceUnavailable
        If the database is away.
    """
    async with platform.database.read() as session:
        ended = await takes.ended_since(session, since)
        records = await stages.records_of_takes(session, [take.id for take in ended])
    found = []
    for take in ended:
        mine = [record for record in records if record.take_id == take.id]
        seconds = [record.duration_seconds for record in mine]
        song = from_take(take)
        made = None not in seconds and song is not None and song.duration_seconds > 0
        factor = sum(filter(None, seconds)) / song.duration_seconds if made and song else None
        closed = [record for record in mine if record.duration_seconds is not None]
        found.append(EndedSong(take.id, take.status.value, factor, closed))
    return found
