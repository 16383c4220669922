"""What happened to a project, in order; the truth behind every subscription."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, now, words


class EventType(StrEnum):
    """What happened; the legacy WebSocket uses these words."""

    STAGE_STARTED = "stage.started"
    STAGE_PROGRESS = "stage.progress"
    STAGE_COMPLETED = "stage.completed"
    PREVIEW_READY = "preview.ready"
    PROJECT_COMPLETED = "project.completed"
    PROJECT_FAILED = "project.failed"
    PROJECT_CANCELLED = "project.cancelled"


class ProjectEvent(SQLModel, table=True):
    """One event.

    ``seq`` counts from 1 within the project and is the cursor and the stream id; project and number
    are given when the event is appended to the record.
    """

    __tablename__ = "project_event"

    project_id: str = Field(default="", foreign_key="project.id", primary_key=True, max_length=36)
    seq: int = Field(default=0, primary_key=True, sa_column_kwargs={"autoincrement": False})
    take_id: str | None = Field(default=None, max_length=36)
    """The take it happened to, which may have been deleted since."""
    type: EventType = Field(sa_column=Column(words(EventType), nullable=False))
    stage: str | None = Field(default=None, max_length=20)
    progress: float | None = None
    """Of the whole take, 0 to 1."""
    message: str | None = Field(default=None, max_length=500)
    error: str | None = Field(default=None, max_length=2000)
    at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
