"""One of the five steps of a take."""

from datetime import datetime
from typing import Self, cast

import strawberry

from backend.models.stage import StageRecord
from backend.schema.described import object_type
from backend.schema.types.enums import StageName, StageStatus


@object_type
class TrackProgress:
    """How far one track is while the instruments are played."""

    track_id: strawberry.ID = strawberry.field(description="The track's id within the song.")
    progress: float = strawberry.field(description="0 to 1, of this track alone.")
    outline: list[float] | None = strawberry.field(
        description="Minimum and maximum in turn of equal parts, -1 to 1, as it was played before "
        "it is mixed; null until it has been played to its end."
    )


@object_type
class Stage:
    """One of the five steps of a take."""

    name: StageName = strawberry.field(description="Which step.")
    status: StageStatus = strawberry.field(description="Where it stands.")
    progress: float = strawberry.field(description="0 to 1, of this stage alone.")
    message: str | None = strawberry.field(
        description="What it is doing, in words; null until it says."
    )
    tracks: list[TrackProgress] = strawberry.field(
        description="The tracks that RENDERING has begun to play; empty for other stages, and once "
        "the take is finished."
    )
    attempts: int = strawberry.field(description="How often it has been tried.")
    started_at: datetime | None = strawberry.field(
        description="When it last began; null until it has."
    )
    completed_at: datetime | None = strawberry.field(
        description="When it ended; null until it has."
    )
    duration_seconds: float | None = strawberry.field(
        description="How long it took; null until it has ended."
    )
    error: str | None = strawberry.field(description="Why it failed, if it did.")

    @classmethod
    def from_models(cls, stages: list[StageRecord]) -> list[Self]:
        """Make the types from their rows, which have these very fields: nothing is copied."""
        return cast("list[Self]", stages)
