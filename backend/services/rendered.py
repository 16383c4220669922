"""Tracks as they were rendered: kept for a while, so that a remix need not render again.

They are by far the largest files of a song, and nothing is lost with them: rendering is
deterministic, so a remix without them renders the same again.
"""

from datetime import timedelta

from backend.models.base import now
from backend.persistence import artifacts
from backend.pipeline.artifacts import StageName
from backend.services.platform import Platform
from backend.services.unused_files import delete_unused

GIGABYTE = 1_000_000_000


async def let_go_of_rendered(platform: Platform) -> int:
    """Let go of rendered tracks that are too old, and of the oldest when there are too many.

    Returns
    -------
    int
        Of how many takes.

    Raises
    ------
    ServiceUnavailable
        If storage or database are away; the next call goes on.
    """
    settings = platform.settings
    oldest = now() - timedelta(hours=settings.rendered_kept_hours)
    room = settings.rendered_kept_gb * GIGABYTE
    async with platform.database.read() as session:
        kept = await artifacts.of_completed(session, StageName.RENDERING.value)
    counted: set[str] = set()
    gone: dict[str, None] = {}
    for ended, artifact in kept:
        if artifact.key not in counted:
            counted.add(artifact.key)
            room -= artifact.size_bytes
        if room < 0 or ended < oldest:
            gone[artifact.stage_id] = None
    for stage_id in gone:
        await _let_go(platform, stage_id)
    return len(gone)


async def _let_go(platform: Platform, stage_id: str) -> None:
    async with platform.database.write() as work:
        keys = await artifacts.remove_of_stage(work.session, stage_id)
        work.after_commit(lambda: delete_unused(platform, keys))
