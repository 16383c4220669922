"""The parts that every service stands on, opened once per process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backend.events import Bus, open_bus
from backend.persistence import Database, open_database
from backend.rates import Places, TokenBuckets, open_token_buckets
from backend.services.ports import JobQueue
from backend.services.single_flight import SingleFlight
from backend.settings import Settings
from backend.storage import Storage, open_storage


@dataclass(frozen=True, slots=True)
class Platform:
    """Database, bus, storage, queue and token buckets, with the settings that the services use."""

    settings: Settings
    database: Database
    bus: Bus
    storage: Storage
    queue: JobQueue
    token_buckets: TokenBuckets
    sockets: Places = field(default_factory=Places)
    downloads: SingleFlight = field(default_factory=SingleFlight)


@asynccontextmanager
async def open_platform(settings: Settings, queue: JobQueue) -> AsyncIterator[Platform]:
    """Open everything and close it afterwards; Redis and Postgres may come later.

    Parameters
    ----------
    queue : JobQueue
        From ``backend.jobs.queue.open_queue``; the composition roots pass it in.
    """
    storage = open_storage(settings.storage_url)
    async with (
        open_database(settings.database_url) as database,
        open_bus(settings.redis_dsn) as bus,
        open_token_buckets(settings.redis_dsn) as token_buckets,
    ):
        platform = Platform(settings, database, bus, storage, queue, token_buckets)
        try:
            yield platform
        finally:
            await platform.downloads.close()
