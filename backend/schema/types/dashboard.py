"""The viewer's projects at a glance."""

from typing import Self

import strawberry

from backend.models import Status
from backend.schema.described import object_type
from backend.schema.types.project import Project
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
class Dashboard:
    """Live counts and the running projects of the viewer."""

    counts: StatusCounts = strawberry.field(description="How many projects stand where.")
    running: list[Project] = strawberry.field(
        description="Those that run or wait, newest first, at most 50."
    )

    @classmethod
    def from_snapshot(cls, snapshot: DashboardSnapshot) -> Self:
        """Make the type from the service's snapshot."""
        counts = {status.value: snapshot.counts.get(status, 0) for status in Status}
        return cls(
            counts=StatusCounts(**counts),
            running=[Project.from_model(row) for row in snapshot.running],
        )
