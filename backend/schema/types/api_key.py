"""Keys with which programs come in the name of a user."""

from datetime import datetime
from enum import Enum
from typing import Self

import strawberry
from strawberry import enum_value

from backend import models
from backend.schema.described import enum, object_type


@enum
class ApiKeyScope(Enum):
    """What a key opens."""

    READ = enum_value("read", description="Reading and watching.")
    WRITE = enum_value("write", description="Reading, watching and changing.")


@object_type
class ApiKey:
    """A key with which programs come in the name of a user; the key itself is shown once."""

    id: strawberry.ID = strawberry.field(description="Pass it to `revokeApiKey`.")
    name: str = strawberry.field(description="What it is for, in the user's words.")
    scope: ApiKeyScope = strawberry.field(description="What it opens.")
    created_at: datetime = strawberry.field(description="When it was made.")
    revoked_at: datetime | None = strawberry.field(
        description="Since when it opens nothing; null while it is good."
    )

    @classmethod
    def from_model(cls, key: models.ApiKey) -> Self:
        """Make the type from its row."""
        return cls(
            id=strawberry.ID(key.id),
            name=key.name,
            scope=ApiKeyScope(key.scope.value),
            created_at=key.created_at,
            revoked_at=key.revoked_at,
        )
