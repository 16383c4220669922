"""What can be read."""

from typing import Annotated

import strawberry
from structlog.contextvars import bind_contextvars

from backend import models
from backend.observability.version import this_build
from backend.pipeline.styles import all_styles
from backend.schema.arguments import ProjectId
from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.about import Features, Style, Version, Viewer
from backend.schema.types.connection import Connection
from backend.schema.types.enums import ProjectOrder, ProjectStatus
from backend.schema.types.project import Project
from backend.schema.types.sharing import SharedSong
from backend.schema.types.song import Song
from backend.schema.types.understanding import Understanding
from backend.services import library, sharing
from backend.services.addresses import Addresses
from backend.services.understanding import understanding_of

First = Annotated[int, strawberry.argument(description="How many, 1 to 100.")]
After = Annotated[str | None, strawberry.argument(description="Go on after this cursor.")]
WithStatus = Annotated[
    ProjectStatus | None, strawberry.argument(description="Only projects that stand there.")
]
Search = Annotated[
    str | None, strawberry.argument(description="Only projects whose title or prompt holds this.")
]
OrderBy = Annotated[
    ProjectOrder,
    strawberry.argument(description="In which order; a cursor is good for the same one."),
]
ShareToken = Annotated[str, strawberry.argument(description="The last part of the link.")]
Prompt = Annotated[
    str, strawberry.argument(description="As far as it is written, at most 2000 characters.")
]


@object_type
class Query:
    """What can be read."""

    @resolver
    def viewer(self, info: Info) -> Viewer | None:
        """The signed-in user, or null."""
        viewer = info.context.viewer
        return Viewer.from_viewer(viewer) if viewer else None

    @resolver
    async def project(self, info: Info, id: ProjectId) -> Project | None:  # noqa: A002 - the API's word
        """One project; null when there is none, or it is somebody else's."""
        bind_contextvars(project_id=id[:36])
        row = await info.context.loaders.project.load(id)
        return Project.from_model(row) if row else None

    @resolver
    async def projects(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
        status: WithStatus = None,
        search: Search = None,
        order_by: OrderBy = ProjectOrder.NEWEST,
    ) -> Connection[Project]:
        """The viewer's projects, newest first unless asked otherwise."""
        context, wanted = info.context, models.Status[status.name] if status else None
        page = await library.projects(
            context.platform,
            context.signed_in,
            first=first,
            after=after,
            status=wanted,
            search=search,
            order=library.ProjectOrder[order_by.name],
        )
        return Connection.from_page(page, Project.from_model, after=after)

    @resolver
    async def shared_song(self, info: Info, token: ShareToken) -> SharedSong | None:
        """A song by its link, without an account; null when the link opens nothing (any more)."""
        heard = await sharing.heard_by(info.context.platform, token)
        if heard is None:
            return None
        addresses = Addresses(info.context.platform, heard.take_id, share=token)
        return SharedSong(title=heard.title, song=Song.from_summary(addresses, heard.song))

    @resolver
    async def understand(self, prompt: Prompt) -> Understanding:
        """What is read in a prompt, before a song is asked for; quick enough while typing."""
        return Understanding.from_service(await understanding_of(prompt))

    @resolver
    def styles(self) -> list[Style]:
        """Genres the composer knows, with their tempo range, metres and instruments."""
        return [Style.from_style(style) for style in all_styles()]

    @resolver
    def features(self, info: Info) -> Features:
        """Optional parts of the platform that are switched on here."""
        return Features.from_settings(info.context.platform.settings)

    @resolver
    def version(self) -> Version:
        """Which build is answering."""
        return Version.from_build(this_build())
