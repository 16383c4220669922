"""Whether anything is left of work that has ended: jobs, leases, scratch."""

import asyncio
import time

from backend.jobs.queue import QUEUE
from backend.services.platform import Platform
from tests.fixtures.engine import PATIENCE_SECONDS


async def comes_to_rest(platform: Platform) -> None:
    """Wait until the workers, of which one still runs, have tidied; fail if they never have."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := await left_over(platform):
        assert time.monotonic() < deadline, f"left over: {left}"
        await asyncio.sleep(0.1)


async def left_over(platform: Platform) -> list[str]:
    """Return the names of all jobs, leases and counts of tries, and of folders of runs."""
    redis = platform.queue.redis  # type: ignore[attr-defined]
    queued = [name.decode() for name in await redis.zrange(QUEUE, 0, -1)]
    kept = [key.decode() async for key in redis.scan_iter("arq:*")]
    scratch = platform.settings.data_dir / "scratch"
    folders = [folder.name for folder in scratch.iterdir()] if scratch.exists() else []
    return sorted([*queued, *kept, *folders])
