"""One complete version of a project's song."""

from datetime import datetime
from typing import Self

import strawberry

from backend import models
from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.enums import ProjectStatus, TakeChangeKind
from backend.schema.types.mix import Mix
from backend.schema.types.song import Song
from backend.schema.types.stage import Stage
from backend.services import change, library, new_take, song_summary
from backend.services.addresses import Addresses


@object_type
class TakeChange:
    """What was changed to make a take of another one."""

    kind: TakeChangeKind = strawberry.field(description="Which edit it was.")
    summary: str = strawberry.field(description="In a few words, such as `Another Chorus 1`.")
    section_index: int | None = strawberry.field(
        description="The section that was made anew; null for other edits."
    )
    fields: list[str] = strawberry.field(
        description="What was set, such as `style.tempoBpm` or `tracks.bass.gainDb`."
    )

    @classmethod
    def from_change(cls, made: change.Change) -> Self:
        """Make the type from what the row says."""
        return cls(
            kind=TakeChangeKind(made.kind.value),
            summary=made.summary,
            section_index=made.section_index,
            fields=list(made.fields),
        )


@object_type
class Take:
    """One complete version of a project's song; an edit makes a new take."""

    row: strawberry.Private[models.Take]

    id: strawberry.ID = strawberry.field(description="The take's id.")
    number: int = strawberry.field(description="Counted from 1 within the project.")
    parent_id: strawberry.ID | None = strawberry.field(
        description="The take it was made from; null for the first, and when that one is deleted."
    )
    seed: int = strawberry.field(description="Same request and seed, same song.")
    status: ProjectStatus = strawberry.field(description="Where it stands.")
    error: str | None = strawberry.field(description="Why it failed, if it did.")
    created_at: datetime = strawberry.field(description="When it was asked for.")
    completed_at: datetime | None = strawberry.field(
        description="When it ended; null until it has."
    )

    @resolver
    def change(self) -> TakeChange | None:
        """What was changed to make it of its parent; null for the first."""
        made = change.from_take(self.row)
        return TakeChange.from_change(made) if made else None

    @resolver
    def mix(self) -> Mix:
        """What is set at its mixer."""
        return Mix.from_settings(new_take.mix_of(self.row))

    @resolver
    async def progress(self, info: Info) -> float:
        """0 to 1 over all stages, never decreasing."""
        return library.progress_of(await info.context.loaders.stages_of.load(self.id))

    @resolver
    async def stages(self, info: Info) -> list[Stage]:
        """Its five stages, in order."""
        return Stage.from_models(await info.context.loaders.stages_of.load(self.id))

    @resolver
    def song(self, info: Info) -> Song | None:
        """Its song as far as it exists; null until it is planned."""
        summary = song_summary.from_take(self.row)
        if summary is None:
            return None
        return Song.from_summary(Addresses(info.context.platform, self.row.id), summary)

    @classmethod
    def from_model(cls, take: models.Take) -> Self:
        """Make the type from its row."""
        return cls(
            row=take,
            id=strawberry.ID(take.id),
            number=take.number,
            seed=take.seed,
            parent_id=strawberry.ID(take.parent_id) if take.parent_id else None,
            status=ProjectStatus(take.status.value),
            error=take.error,
            created_at=take.created_at,
            completed_at=take.completed_at,
        )
