"""A user, known by the subject of the token."""

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, now


class User(SQLModel, table=True):
    """One person or client; created when its token is first seen."""

    id: str = Field(primary_key=True, max_length=128)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
    served_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
    """When a worker last began one of their songs; whose turn it is depends on it."""
