"""The viewer's projects at a glance."""

from datetime import datetime
from typing import Self

import strawberry

from backend.models import Status
from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.project import Project
from backend.services import pace
from backend.services.ports import PresentWorker
from backend.services.watch import DashboardSnapshot


@object_type
class StatusCounts:
    """How many projects stand where."""

    queued: int = strawberry.field(description="Waiting for a worker.")
    running: int = strawberry.field(description="Being made right now.")
    completed: int = strawberry.field(description="Finished.")
    failed: int = strawberry.field(description="Could not be made.")
    cancelled: int = strawberry.field(description="Stopped by the viewer.")


@object_type
class Hour:
    """What came of the songs and takes that ended within one hour."""

    starts_at: datetime = strawberry.field(description="A whole hour, UTC.")
    finished: int = strawberry.field(description="How many were finished.")
    failed: int = strawberry.field(description="How many failed.")

    @classmethod
    def from_service(cls, hour: pace.Hour) -> Self:
        """Make the type from the service's."""
        return cls(starts_at=hour.starts_at, finished=hour.finished, failed=hour.failed)


@object_type
class Worker:
    """A process that makes songs, of whomever."""

    id: strawberry.ID = strawberry.field(description="Its name as long as it runs.")
    started_at: datetime = strawberry.field(description="When it began to work.")
    songs_in_work: int = strawberry.field(description="How many songs it makes right now.")
    room: int = strawberry.field(description="How many it makes at the same time at most.")

    @classmethod
    def from_service(cls, worker: PresentWorker) -> Self:
        """Make the type from the service's."""
        return cls(
            id=strawberry.ID(worker.id),
            started_at=worker.started_at,
            songs_in_work=worker.songs_in_work,
            room=worker.room,
        )


@object_type
class Dashboard:
    """Live counts and the running projects of the viewer."""

    counts: StatusCounts = strawberry.field(description="How many projects stand where.")
    running: list[Project] = strawberry.field(
        description="Those that run or wait, newest first, at most 50."
    )

    @resolver
    async def hours(self, info: Info) -> list[Hour]:
        """The last 24 hours, oldest first; the last one is not over yet."""
        found = await pace.hours(info.context.platform, info.context.signed_in)
        return [Hour.from_service(hour) for hour in found]

    @resolver
    async def worker_alive(self, info: Info) -> bool:
        """Whether anybody is there to make songs."""
        return bool(await pace.workers(info.context.platform))

    @resolver
    async def workers(self, info: Info) -> list[Worker]:
        """Who is there to make songs, those who came first before the others."""
        found = await pace.workers(info.context.platform)
        return [Worker.from_service(worker) for worker in found]

    @classmethod
    def from_snapshot(cls, snapshot: DashboardSnapshot) -> Self:
        """Make the type from the service's snapshot."""
        counts = {status.value: snapshot.counts.get(status, 0) for status in Status}
        return cls(
            counts=StatusCounts(**counts),
            running=[Project.from_model(row) for row in snapshot.running],
        )
