"""A take: one complete version of a project's song."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import JSON, Column, Field, SQLModel

from backend.models.base import Status, UTCDateTime, new_id, now, words


class Take(SQLModel, table=True):
    """One complete version of the song, made by one job.

    ``attempt`` and ``run_id`` are the fence: the attempt rises with every retry, hand-back and
    cancel; the run changes when another worker takes the same attempt over. Every write of a worker
    names both and is refused when they are not the present ones.
    """

    __table_args__ = (Index("ix_take_idempotency", "project_id", "idempotency_key", unique=True),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    project_id: str = Field(foreign_key="project.id", max_length=36, index=True)
    parent_id: str | None = Field(default=None, foreign_key="take.id", max_length=36)
    """The take it was made from; None for the first, and when that one has been deleted."""
    number: int = 1
    seed: int = Field(sa_column_kwargs={"nullable": False})
    request: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The SongRequest as JSON."""
    mix: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """The MixSettings as JSON."""
    change: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What was changed to make it of its parent (see services.change); empty for the first."""
    idempotency_key: str | None = Field(default=None, max_length=200)
    request_hash: str = Field(default="", max_length=64)
    """Of the edit that came with the key."""
    song: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What the API shows of the song, merged stage by stage (see services.song_summary)."""
    duration_seconds: float | None = None
    """Of that song, by which lists are sorted; None before it is planned."""
    status: Status = Field(
        default=Status.QUEUED, sa_column=Column(words(Status), nullable=False, index=True)
    )
    attempt: int = 1
    run_id: str | None = Field(default=None, max_length=36)
    """The run that holds the take; None while nobody works on it."""
    error: str | None = Field(default=None, max_length=2000)
    heartbeat_at: datetime | None = Field(
        default=None, sa_column=Column(UTCDateTime, nullable=True)
    )
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
    started_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
    completed_at: datetime | None = Field(
        default=None, sa_column=Column(UTCDateTime, nullable=True, index=True)
    )
