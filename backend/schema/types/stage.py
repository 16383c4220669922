"""One of the five steps of a take."""

from datetime import datetime
from typing import Self

import strawberry

from backend import models
from backend.schema.described import object_type
from backend.schema.types.enums import StageName, StageStatus


@object_type
class Stage:
    """One of the five steps of a take."""

    name: StageName = strawberry.field(description="Which step.")
    status: StageStatus = strawberry.field(description="Where it stands.")
    progress: float = strawberry.field(description="0 to 1, of this stage alone.")
    message: str | None = strawberry.field(description="What it is doing, in words.")
    attempts: int = strawberry.field(description="How often it has been tried.")
    started_at: datetime | None = strawberry.field(description="When it last began.")
    completed_at: datetime | None = strawberry.field(description="When it ended.")
    duration_seconds: float | None = strawberry.field(description="How long it took.")
    error: str | None = strawberry.field(description="Why it failed, if it did.")

    @classmethod
    def from_model(cls, stage: models.Stage) -> Self:
        """Make the type from its row."""
        return cls(
            name=StageName(stage.name),
            status=StageStatus(stage.status.value),
            progress=stage.progress,
            message=stage.message,
            attempts=stage.attempts,
            started_at=stage.started_at,
            completed_at=stage.completed_at,
            duration_seconds=_seconds(stage.started_at, stage.completed_at),
            error=stage.error,
        )


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return (end - start).total_seconds() if start and end else None
