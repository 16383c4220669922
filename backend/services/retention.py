"""What is let go of in time: old progress, downloads that can be made again, unnamed files."""

from datetime import timedelta

from backend.models.base import now
from backend.persistence import artifacts, downloads, events
from backend.services.platform import Platform
from backend.services.unused_files import delete_unused

PROGRESS_KEPT = timedelta(days=7)
"""After that, of a song that has ended, only what happened stays, not how far it was when."""
ORPHANS_KEPT = timedelta(hours=1)
"""Files come before their rows, in one transaction; no transaction takes so long."""
DOWNLOADS_KEPT = timedelta(days=7)
"""Whoever asks for one again gets the same bytes, made anew."""
BATCH = 500


async def trim_events(platform: Platform) -> int:
    """Drop old progress of songs that have ended; return how many events."""
    async with platform.database.write() as work:
        return await events.remove_progress(work.session, now() - PROGRESS_KEPT)


async def drop_downloads(platform: Platform) -> int:
    """Delete what was made on demand a while ago; return how many files.

    Raises
    ------
    ServiceUnavailable
        If storage or database are away; files left over are swept later.
    """
    async with platform.database.write() as work:
        await artifacts.own_files(work.session)
        keys = await downloads.remove_before(work.session, now() - DOWNLOADS_KEPT)
    await delete_unused(platform, keys)
    return len(keys)


async def sweep_files(platform: Platform) -> int:
    """Delete files that no row names, as a crash between file and row leaves them.

    Returns
    -------
    int
        How many there were.

    Raises
    ------
    ServiceUnavailable
        If storage or database are away; the next call goes on.
    """
    old = [key async for key in platform.storage.keys_before(now() - ORPHANS_KEPT)]
    swept = 0
    for start in range(0, len(old), BATCH):
        async with platform.database.read() as session:
            orphans = await artifacts.unused(session, old[start : start + BATCH])
        await delete_unused(platform, orphans)
        swept += len(orphans)
    return swept
