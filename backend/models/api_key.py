"""A key with which programs come in the name of a user."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, new_id, now, words


class ApiKeyScope(StrEnum):
    """What a key opens."""

    READ = "read"
    WRITE = "write"
    """Reading, too."""


class ApiKey(SQLModel, table=True):
    """One key. The key itself is shown once and never kept; ``digest`` is its SHA-256."""

    __tablename__ = "api_key"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="user.id", max_length=128, index=True)
    name: str = Field(max_length=120)
    scope: ApiKeyScope = Field(sa_column=Column(words(ApiKeyScope), nullable=False))
    digest: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
