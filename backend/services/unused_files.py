"""Delete files that no take has any more."""

from collections.abc import Sequence

from backend.persistence import artifacts
from backend.services.platform import Platform


async def delete_unused(platform: Platform, keys: Sequence[str]) -> None:
    """Delete those of the files that no take has, while nobody can begin to use one.

    Raises
    ------
    ServiceUnavailable
        If database or storage are away; files may be left over.
    """
    if not keys:
        return
    async with platform.database.write() as work:
        await artifacts.own_files(work.session)
        await platform.storage.delete(await artifacts.unused(work.session, keys))
