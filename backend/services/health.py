"""Whether the parts answer."""

import asyncio
from collections.abc import Awaitable

from backend.errors import ServiceUnavailable
from backend.services.platform import Platform

PATIENCE_SECONDS = 3.0


async def readiness(platform: Platform) -> dict[str, bool]:
    """Return whether database, redis, worker and storage answer within three seconds."""
    checks = {
        "database": _answers(platform.database.ping()),
        "redis": _answers(platform.bus.ping()),
        "worker": _answers(_worker(platform)),
        "storage": _answers(platform.storage.ping()),
    }
    return dict(zip(checks, await asyncio.gather(*checks.values()), strict=True))


async def _worker(platform: Platform) -> None:
    if not await platform.queue.workers():
        raise ServiceUnavailable("No worker has shown itself.")


async def _answers(question: Awaitable[None]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await question
    except (ServiceUnavailable, TimeoutError):
        return False
    return True
