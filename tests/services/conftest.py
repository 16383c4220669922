"""What the service tests stand on: a queue that remembers, no worker."""

import pytest

from backend.services.platform import Platform


@pytest.fixture
async def queued(platform: Platform) -> "QueuedJobs":
    return QueuedJobs(platform)


class QueuedJobs:
    """What the queue holds."""

    def __init__(self, platform: Platform) -> None:
        self.redis = platform.queue.redis  # type: ignore[attr-defined]

    async def ids(self) -> list[str]:
        return [job.decode() for job in await self.redis.zrange("aimusic:queue", 0, -1)]
