"""Whether the parts answer."""
from backend.services.platform import Platform


async def readiness(platform: Platform) -> dict[str, bool]:
    """database, redis, worker, storage."""
    raise NotImplementedError
