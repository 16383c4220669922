"""What can be changed about the takes of a project, and who may hear it."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import strawberry

from backend import models
from backend.auth import Viewer
from backend.schema.arguments import ProjectId
from backend.schema.context import Info
from backend.schema.described import mutation, object_type
from backend.schema.problems import Conflict, InvalidInput, LimitExceeded, NotFound
from backend.schema.take_inputs import (
    MakeTakeInput,
    RegenerateSectionInput,
    RemixTakeInput,
    ReviseTakeInput,
)
from backend.schema.types.project import Project
from backend.schema.types.take import Take
from backend.services import editing, sharing, takes
from backend.services.admission import admit_song
from backend.services.platform import Platform

Command = TypeVar("Command")

TakeId = Annotated[strawberry.ID, strawberry.argument(description="The take's id.")]
Remix = Annotated[RemixTakeInput, strawberry.argument(description="What to set at the mixer.")]
Regenerate = Annotated[
    RegenerateSectionInput, strawberry.argument(description="Which section to make anew.")
]
Revise = Annotated[ReviseTakeInput, strawberry.argument(description="What to ask for otherwise.")]
Make = Annotated[MakeTakeInput, strawberry.argument(description="Of which project and seed.")]


@object_type
class TakeStarted:
    """The take is on its way; what was heard before stays the current one until it is finished."""

    take: Take = strawberry.field(description="The new take.")
    project: Project = strawberry.field(description="Watch it by `projectEvents`.")


@object_type
class TakeRetried:
    """It goes on from the last stage that was done."""

    take: Take = strawberry.field(description="Its project's events tell how it goes.")


@object_type
class TakeChosen:
    """It is the one that is heard."""

    project: Project = strawberry.field(description="The project, with this take as its current.")


@object_type
class TakeDeleted:
    """It is gone, with everything that belonged to it alone."""

    id: strawberry.ID = strawberry.field(description="The id it had.")
    project: Project = strawberry.field(description="What is left.")


@object_type
class ProjectShared:
    """Anybody who has the link can hear the current take."""

    token: str = strawberry.field(description="Opens `sharedSong`.")
    url: str = strawberry.field(description="Where to hear it, relative to the server.")
    project: Project = strawberry.field(description="The project, shared.")


@object_type
class ProjectUnshared:
    """The link opens nothing any more."""

    project: Project = strawberry.field(description="The project, private again.")


EditOutcome = TakeStarted | InvalidInput | NotFound | Conflict | LimitExceeded
RemixTakeResult = Annotated[
    EditOutcome,
    strawberry.union("RemixTakeResult", description="What came of asking for another mix."),
]
RegenerateSectionResult = Annotated[
    EditOutcome,
    strawberry.union("RegenerateSectionResult", description="What came of asking for a section."),
]
ReviseTakeResult = Annotated[
    EditOutcome,
    strawberry.union("ReviseTakeResult", description="What came of asking otherwise."),
]
MakeTakeResult = Annotated[
    EditOutcome,
    strawberry.union("MakeTakeResult", description="What came of asking for another take."),
]
RetryTakeResult = Annotated[
    TakeRetried | NotFound | Conflict | LimitExceeded,
    strawberry.union("RetryTakeResult", description="What came of trying again."),
]
ChooseTakeResult = Annotated[
    TakeChosen | NotFound | Conflict | LimitExceeded,
    strawberry.union("ChooseTakeResult", description="What came of choosing."),
]
DeleteTakeResult = Annotated[
    TakeDeleted | NotFound | Conflict | LimitExceeded,
    strawberry.union("DeleteTakeResult", description="What came of deleting."),
]
ShareProjectResult = Annotated[
    ProjectShared | NotFound | Conflict | LimitExceeded,
    strawberry.union("ShareProjectResult", description="What came of sharing."),
]
UnshareProjectResult = Annotated[
    ProjectUnshared | NotFound | LimitExceeded,
    strawberry.union("UnshareProjectResult", description="What came of no longer sharing."),
]


@object_type
class TakeMutation:
    """What can be changed about the takes of a project, and who may hear it."""

    @mutation
    async def remix_take(self, info: Info, input: Remix) -> RemixTakeResult:  # noqa: A002 - the API's word
        """Make a take of another mix; nothing is composed or played anew."""
        return await _make(info, editing.remix, input.to_command())

    @mutation
    async def regenerate_section(self, info: Info, input: Regenerate) -> RegenerateSectionResult:  # noqa: A002 - the API's word
        """Make a take with one section composed anew; the others stay note for note."""
        return await _make(info, editing.regenerate_section, input.to_command())

    @mutation
    async def revise_take(self, info: Info, input: Revise) -> ReviseTakeResult:  # noqa: A002 - the API's word
        """Make a take of a changed request."""
        return await _make(info, editing.revise, input.to_command())

    @mutation
    async def make_take(self, info: Info, input: Make) -> MakeTakeResult:  # noqa: A002 - the API's word
        """Make another take of what the current one was asked for, of another seed."""
        return await _make(info, editing.make_another, input.to_command())

    @mutation
    async def retry_take(self, info: Info, id: TakeId) -> RetryTakeResult:  # noqa: A002 - the API's word
        """Go on with a failed or cancelled take from the last stage that was done."""
        context = info.context
        await admit_song(context.platform, context.writing)
        row = await takes.retry(context.platform, context.writing, id)
        return TakeRetried(take=Take.from_model(row))

    @mutation
    async def choose_take(self, info: Info, id: TakeId) -> ChooseTakeResult:  # noqa: A002 - the API's word
        """Make a finished take the project's current one."""
        project, _ = await takes.choose(info.context.platform, info.context.writing, id)
        return TakeChosen(project=Project.from_model(project))

    @mutation
    async def delete_take(self, info: Info, id: TakeId) -> DeleteTakeResult:  # noqa: A002 - the API's word
        """Delete a take; files that other takes have, too, stay."""
        project = await takes.delete(info.context.platform, info.context.writing, id)
        return TakeDeleted(id=id, project=Project.from_model(project))

    @mutation
    async def share_project(self, info: Info, id: ProjectId) -> ShareProjectResult:  # noqa: A002 - the API's word
        """Make a link by which anybody hears the current take; sharing twice is the same link."""
        project, link = await sharing.share(info.context.platform, info.context.writing, id)
        url = sharing.path_of(link)
        return ProjectShared(token=link.token, url=url, project=Project.from_model(project))

    @mutation
    async def unshare_project(self, info: Info, id: ProjectId) -> UnshareProjectResult:  # noqa: A002 - the API's word
        """Let the link open nothing from now on."""
        project = await sharing.unshare(info.context.platform, info.context.writing, id)
        return ProjectUnshared(project=Project.from_model(project))


async def _make(
    info: Info,
    edit: Callable[[Platform, Viewer, Command], Awaitable[tuple[models.Project, models.Take]]],
    command: Command,
) -> TakeStarted:
    """Make the take of an edit; it counts as a song."""
    context = info.context
    await admit_song(context.platform, context.writing)
    project, take = await edit(context.platform, context.writing, command)
    return TakeStarted(take=Take.from_model(take), project=Project.from_model(project))
