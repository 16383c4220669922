"""The parts that every service stands on, opened once per process."""
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from backend.services.ports import JobQueue
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Platform:
    """Database, bus, storage and queue, with the settings that the services use."""

    settings: Settings
    database: Any
    bus: Any
    storage: Any
    queue: JobQueue


@asynccontextmanager
async def open_platform(settings: Settings, queue: JobQueue) -> AsyncIterator[Platform]:
    """Open everything; close it afterwards. ``backend.jobs.queue.open_queue(settings)`` makes the queue."""
    raise NotImplementedError
    yield
