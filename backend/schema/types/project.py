"""What the user asked for, and what came of it."""

from datetime import datetime
from typing import Annotated, Self

import strawberry

from backend import models
from backend.errors import NotFound
from backend.schema.context import Info
from backend.schema.cursors import event_cursor
from backend.schema.described import object_type, resolver
from backend.schema.types.connection import Connection
from backend.schema.types.enums import EventType, ProjectStatus, StageName
from backend.schema.types.song import Song
from backend.schema.types.stage import Stage
from backend.schema.types.take import Take
from backend.services import library, sharing, song_summary
from backend.services.addresses import Addresses
from backend.services.event_pages import event_page

First = Annotated[int, strawberry.argument(description="How many, 1 to 1000.")]
After = Annotated[str | None, strawberry.argument(description="Go on after this cursor.")]
TakeId = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="The take's id; the current one if left out."),
]


@object_type
class Project:
    """What the user asked for; its takes are what was made of it."""

    current_take_id: strawberry.Private[str]
    working_take_id: strawberry.Private[str | None]
    followed_take_id: strawberry.Private[str]

    id: strawberry.ID = strawberry.field(description="The project's id.")
    title: str = strawberry.field(description="As shown to people.")
    prompt: str = strawberry.field(description="What was asked for, in the user's words.")
    status: ProjectStatus = strawberry.field(
        description="Where the take in work stands, or its current take while none is."
    )
    created_at: datetime = strawberry.field(description="When it was started.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    completed_at: datetime | None = strawberry.field(
        description="When its current take ended; null until it has."
    )

    @resolver
    async def progress(self, info: Info) -> float:
        """0 to 1 over all stages, never decreasing within a take."""
        return library.progress_of(await info.context.loaders.stages_of.load(self.followed_take_id))

    @resolver
    async def current_stage(self, info: Info) -> StageName | None:
        """The stage at work, or the next one; null when nothing is left to do."""
        rows = await info.context.loaders.stages_of.load(self.followed_take_id)
        stage = library.current_stage_of(rows)
        return StageName(stage) if stage else None

    @resolver
    async def queue_position(self, info: Info) -> int | None:
        """Its place among the songs that wait, 1 for the next one; null unless it waits."""
        return (await info.context.loaders.prospects.load(self.followed_take_id)).queue_position

    @resolver
    async def eta_seconds(self, info: Info) -> int | None:
        """About how many seconds it takes until it is finished; null once it has ended."""
        return (await info.context.loaders.prospects.load(self.followed_take_id)).eta_seconds

    @resolver
    async def error(self, info: Info) -> str | None:
        """Why its current take failed, if it did."""
        take = await info.context.loaders.takes.load(self.current_take_id)
        return take.error if take else None

    @resolver
    async def stages(self, info: Info) -> list[Stage]:
        """The five stages of the take in work, or of the current one, in order."""
        rows = await info.context.loaders.stages_of.load(self.followed_take_id)
        return Stage.from_models(rows)

    @resolver
    async def song(self, info: Info) -> Song | None:
        """The current take's song; grows as stages finish (plan first, audio last).

        Null until it is planned.
        """
        take = await info.context.loaders.takes.load(self.current_take_id)
        summary = song_summary.from_take(take) if take else None
        if summary is None:
            return None
        addresses = Addresses(info.context.platform, self.current_take_id)
        return Song.from_summary(addresses, summary)

    @resolver
    async def current_take(self, info: Info) -> Take | None:
        """The take that is heard: a completed one, or the newest while none is completed.

        Null if it was deleted this very moment.
        """
        row = await info.context.loaders.takes.load(self.current_take_id)
        return Take.from_model(row) if row else None

    @resolver
    async def take_in_work(self, info: Info) -> Take | None:
        """The take that waits or is being made; at most one, null while nothing is made."""
        if self.working_take_id is None:
            return None
        row = await info.context.loaders.takes.load(self.working_take_id)
        return Take.from_model(row) if row else None

    @resolver
    async def share_url(self, info: Info) -> str | None:
        """Where anybody can hear it, relative to the server; null unless it is shared."""
        link = await info.context.loaders.share_link.load(self.id)
        return sharing.path_of(link) if link else None

    @resolver
    async def takes(self, info: Info) -> list[Take]:
        """Every version of its song, oldest first."""
        rows = await info.context.loaders.takes.of_project(self.id)
        return [Take.from_model(row) for row in rows]

    @resolver
    async def take(self, info: Info, id: TakeId = None) -> Take | None:  # noqa: A002  the API's name
        """One version of its song; null when the project has no such take."""
        row = await info.context.loaders.takes.load(id or self.current_take_id)
        return Take.from_model(row) if row and row.project_id == self.id else None

    @resolver
    async def events(
        self, info: Info, first: First = 100, after: After = None
    ) -> Connection["ProjectEvent"]:
        """What happened to it, oldest first."""
        context = info.context
        wanted = event_page(context.platform, self.id, first, event_cursor(after))
        page = await context.loaders.event_page.load(wanted)
        return Connection.from_page(page, ProjectEvent.from_model, after=after)

    @classmethod
    def from_model(cls, project: models.Project) -> Self:
        """Make the type from its row."""
        return cls(
            current_take_id=project.current_take_id or "",
            working_take_id=project.working_take_id,
            followed_take_id=project.followed_take_id,
            id=strawberry.ID(project.id),
            title=project.title,
            prompt=project.prompt,
            status=ProjectStatus(project.status.value),
            created_at=project.created_at,
            updated_at=project.updated_at,
            completed_at=project.completed_at,
        )


@object_type
class ProjectEvent:
    """Something that happened to a project."""

    id: strawberry.ID = strawberry.field(
        description="The cursor: pass it as `after` to go on from here."
    )
    type: EventType = strawberry.field(description="What happened.")
    project_id: strawberry.ID = strawberry.field(description="The project it happened to.")
    take_id: strawberry.ID | None = strawberry.field(
        description="The take it is about; null if none."
    )
    stage: StageName | None = strawberry.field(description="The stage it is about, if one.")
    progress: float | None = strawberry.field(
        description="0 to 1, of the whole take; null if it does not tell."
    )
    message: str | None = strawberry.field(
        description="What is going on, in words; null if the type says it all."
    )
    error: str | None = strawberry.field(description="What went wrong, if something did.")
    at: datetime = strawberry.field(description="When it happened.")

    @resolver
    async def project(self, info: Info) -> Project:
        """The project as it stands now."""
        row = await info.context.loaders.project.load(self.project_id)
        if row is None:
            raise NotFound("This project has been deleted.")
        return Project.from_model(row)

    @classmethod
    def from_model(cls, event: models.ProjectEvent) -> Self:
        """Make the type from its row."""
        return cls(
            id=strawberry.ID(str(event.seq)),
            type=EventType(event.type.value),
            project_id=strawberry.ID(event.project_id),
            take_id=strawberry.ID(event.take_id) if event.take_id else None,
            stage=StageName(event.stage) if event.stage else None,
            progress=event.progress,
            message=event.message,
            error=event.error,
            at=event.at,
        )
