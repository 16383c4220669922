"""One complete version of a project's song."""

from datetime import datetime
from typing import Self

import strawberry

from backend import models
from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.enums import ProjectStatus
from backend.schema.types.song import Song
from backend.schema.types.stage import Stage
from backend.services import song_summary


@object_type
class Take:
    """One complete version of a project's song; an edit makes a new take."""

    row: strawberry.Private[models.Take]

    id: strawberry.ID = strawberry.field(description="The take's id.")
    number: int = strawberry.field(description="Counted from 1 within the project.")
    parent_id: strawberry.ID | None = strawberry.field(description="The take it was edited from.")
    status: ProjectStatus = strawberry.field(description="Where it stands.")
    error: str | None = strawberry.field(description="Why it failed, if it did.")
    created_at: datetime = strawberry.field(description="When it was asked for.")
    completed_at: datetime | None = strawberry.field(description="When it ended.")

    @resolver
    async def stages(self, info: Info) -> list[Stage]:
        """Its five stages, in order."""
        return Stage.from_models(await info.context.loaders.stages_of.load(self.id))

    @resolver
    def song(self, info: Info) -> Song | None:
        """Its song as far as it exists."""
        summary = song_summary.from_take(self.row)
        return Song.from_summary(info.context.platform, summary) if summary else None

    @classmethod
    def from_model(cls, take: models.Take) -> Self:
        """Make the type from its row."""
        return cls(
            row=take,
            id=strawberry.ID(take.id),
            number=take.number,
            parent_id=strawberry.ID(take.parent_id) if take.parent_id else None,
            status=ProjectStatus(take.status.value),
            error=take.error,
            created_at=take.created_at,
            completed_at=take.completed_at,
        )
