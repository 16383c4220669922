"""What can be changed."""

from typing import Annotated

import strawberry

from backend import models
from backend.schema.arguments import ProjectId
from backend.schema.context import Info
from backend.schema.described import mutation, object_type
from backend.schema.inputs import GenerateFullSongInput
from backend.schema.problems import Conflict, InvalidInput, LimitExceeded, NotFound
from backend.schema.sign_in_mutation import SignInMutation
from backend.schema.take_mutation import TakeMutation
from backend.schema.types.api_key import ApiKey, ApiKeyScope
from backend.schema.types.project import Project
from backend.services import api_keys, projects
from backend.services.admission import admit_song

SongInput = Annotated[
    GenerateFullSongInput, strawberry.argument(description="What the song should be.")
]
KeyId = Annotated[strawberry.ID, strawberry.argument(description="The key's id.")]
KeyName = Annotated[str, strawberry.argument(description="What it is for, 1 to 120 characters.")]
Scope = Annotated[ApiKeyScope, strawberry.argument(description="What it shall open.")]
Title = Annotated[str, strawberry.argument(description="The new name, 1 to 120 characters.")]


@object_type
class ProjectStarted:
    """The song is on its way."""

    project: Project = strawberry.field(description="Watch it by `projectEvents`.")


@object_type
class ProjectCancelled:
    """Nothing more is made of it."""

    project: Project = strawberry.field(description="The project, cancelled.")


@object_type
class ProjectRetried:
    """It goes on from the last stage that was done."""

    project: Project = strawberry.field(description="Watch it by `projectEvents`.")


@object_type
class ProjectRenamed:
    """It has its new name."""

    project: Project = strawberry.field(description="The project, renamed.")


@object_type
class ProjectDeleted:
    """It is gone, with everything that was made of it."""

    id: strawberry.ID = strawberry.field(description="The id it had.")


@object_type
class ApiKeyCreated:
    """The key is there; copy it now."""

    api_key: ApiKey = strawberry.field(description="What is known of it from now on.")
    secret: str = strawberry.field(
        description="The key itself, shown this once. Send it as `Authorization: Bearer <key>`."
    )


@object_type
class ApiKeyRevoked:
    """The key opens nothing from now on."""

    api_key: ApiKey = strawberry.field(description="The key, revoked.")


GenerateFullSongResult = Annotated[
    ProjectStarted | InvalidInput | LimitExceeded,
    strawberry.union("GenerateFullSongResult", description="What came of asking for a song."),
]
CancelProjectResult = Annotated[
    ProjectCancelled | NotFound | Conflict | LimitExceeded,
    strawberry.union("CancelProjectResult", description="What came of cancelling."),
]
RetryProjectResult = Annotated[
    ProjectRetried | NotFound | Conflict | LimitExceeded,
    strawberry.union("RetryProjectResult", description="What came of trying again."),
]
RenameProjectResult = Annotated[
    ProjectRenamed | NotFound | InvalidInput | LimitExceeded,
    strawberry.union("RenameProjectResult", description="What came of renaming."),
]
DeleteProjectResult = Annotated[
    ProjectDeleted | NotFound | LimitExceeded,
    strawberry.union("DeleteProjectResult", description="What came of deleting."),
]
CreateApiKeyResult = Annotated[
    ApiKeyCreated | InvalidInput | LimitExceeded,
    strawberry.union("CreateApiKeyResult", description="What came of asking for a key."),
]
RevokeApiKeyResult = Annotated[
    ApiKeyRevoked | NotFound | LimitExceeded,
    strawberry.union("RevokeApiKeyResult", description="What came of revoking."),
]


@object_type
class Mutation(TakeMutation, SignInMutation):
    """What can be changed."""

    @mutation
    async def generate_full_song(self, info: Info, input: SongInput) -> GenerateFullSongResult:  # noqa: A002 - the API's word
        """Start a song: plan, compose, arrange, render, mix and master it."""
        context = info.context
        await admit_song(context.platform, context.writing)
        row = await projects.start(context.platform, context.writing, input.to_request())
        return ProjectStarted(project=Project.from_model(row))

    @mutation
    async def cancel_project(self, info: Info, id: ProjectId) -> CancelProjectResult:  # noqa: A002 - the API's word
        """Stop a project; cancelling twice is the same as once."""
        row = await projects.cancel(info.context.platform, info.context.writing, id)
        return ProjectCancelled(project=Project.from_model(row))

    @mutation
    async def retry_project(self, info: Info, id: ProjectId) -> RetryProjectResult:  # noqa: A002 - the API's word
        """Go on with a failed or cancelled project from the last stage that was done."""
        context = info.context
        await admit_song(context.platform, context.writing)
        row = await projects.retry(context.platform, context.writing, id)
        return ProjectRetried(project=Project.from_model(row))

    @mutation
    async def rename_project(self, info: Info, id: ProjectId, title: Title) -> RenameProjectResult:  # noqa: A002 - the API's word
        """Give a project another name."""
        row = await projects.rename(info.context.platform, info.context.writing, id, title)
        return ProjectRenamed(project=Project.from_model(row))

    @mutation
    async def delete_project(self, info: Info, id: ProjectId) -> DeleteProjectResult:  # noqa: A002 - the API's word
        """Delete a project with all its takes and files."""
        gone = await projects.delete(info.context.platform, info.context.writing, id)
        return ProjectDeleted(id=strawberry.ID(gone))

    @mutation
    async def create_api_key(
        self, info: Info, name: KeyName, scope: Scope = ApiKeyScope.READ
    ) -> CreateApiKeyResult:
        """Make a key for programs; needs a token, at most 20 for each user."""
        context, wanted = info.context, models.ApiKeyScope[scope.name]
        row, secret = await api_keys.create(context.platform, context.writing, name, wanted)
        return ApiKeyCreated(api_key=ApiKey.from_model(row), secret=secret)

    @mutation
    async def revoke_api_key(self, info: Info, id: KeyId) -> RevokeApiKeyResult:  # noqa: A002 - the API's word
        """Let a key open nothing from now on; needs a token."""
        row = await api_keys.revoke(info.context.platform, info.context.writing, id)
        return ApiKeyRevoked(api_key=ApiKey.from_model(row))
