"""Rendered tracks that have been packed take the place of those that have not."""

from collections.abc import Sequence
from datetime import timedelta

from backend.models.base import now
from backend.persistence import artifacts
from backend.services.making import MadeFile
from backend.services.platform import Platform
from backend.services.unused_files import delete_unused

UNPACKED = "rendered/%.npy"
"""Names of tracks that have not been packed."""
PACKED_AFTER = timedelta(minutes=5)
"""Who remixes does so soon after the song; until then the tracks can be used as they lie."""


async def to_pack(platform: Platform) -> Sequence[str]:
    """Return the keys of rendered tracks that nobody is likely to need as they lie."""
    async with platform.database.read() as session:
        return await artifacts.of_ended(session, UNPACKED, now() - PACKED_AFTER)


async def keep_packed(platform: Platform, key: str, packed: MadeFile) -> None:
    """Let a packed track take the place of the file with that key, in all takes that have it.

    Raises
    ------
    ServiceUnavailable
        If storage or database are away; calling again with the same file is safe.
    """
    async with platform.database.write() as work:
        await artifacts.share_files(work.session)
        await platform.storage.put_file(packed.key, packed.path)
        await artifacts.replace_file(
            work.session,
            key,
            by=packed.key,
            size_bytes=packed.size_bytes,
            media_type=packed.media_type,
        )
        work.after_commit(lambda: delete_unused(platform, [key, packed.key]))
