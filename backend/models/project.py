"""A project: what the user asked for."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Column, Field, SQLModel

from backend.models.base import Status, UTCDateTime, new_id, now, words


class Project(SQLModel, table=True):
    """What the user asked for; the takes hold what was made of it.

    ``status`` mirrors the take that is followed so that lists need one table. ``last_event_seq`` is
    the counter from which events take their number, in the transaction that writes them.
    """

    __table_args__ = (
        UniqueConstraint("user_id", "idempotency_key", name="uq_project_idempotency"),
        Index("ix_project_user_created", "user_id", "created_at", "id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="user.id", max_length=128)
    title: str = Field(max_length=200)
    prompt: str = Field(max_length=2000)
    status: Status = Field(
        default=Status.QUEUED, sa_column=Column(words(Status), nullable=False, index=True)
    )
    current_take_id: str | None = Field(default=None, max_length=36)
    """The take that is heard: a completed one, or the newest while none is completed."""
    working_take_id: str | None = Field(default=None, max_length=36)
    """The one take that waits or is being made; None while nothing is made."""
    idempotency_key: str | None = Field(default=None, max_length=200)
    request_hash: str = Field(default="", max_length=64)
    last_event_seq: int = 0
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
    updated_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
    completed_at: datetime | None = Field(
        default=None, sa_column=Column(UTCDateTime, nullable=True)
    )

    @property
    def followed_take_id(self) -> str:
        """The take of which status, progress and stages tell: the one in work, else the current."""
        return self.working_take_id or self.current_take_id or ""
