"""What clients get back."""

from datetime import datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, RootModel

from backend.models import EventType, ProjectEvent, StageStatus, Status
from backend.models.stage import StageRecord
from backend.pipeline.artifacts import StageName


class Answer(BaseModel):
    """A body that the API sends."""

    model_config = ConfigDict(frozen=True)


class Token(Answer):
    """A token for the development user."""

    token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a word of RFC 6750
    expires_in: int
    user_id: str
    refresh_token: str


class Started(Answer):
    """A song is on its way."""

    project_id: str
    status: Literal["queued"] = "queued"
    message: str
    estimated_completion: datetime
    pipeline_stages: list[StageName] = list(StageName)
    websocket_url: str
    collaboration_enabled: bool
    premium_features: dict[str, Any] = {}


class StageState(Answer):
    """One of the five stages."""

    name: str
    status: StageStatus
    progress: float
    started_at: datetime | None
    completed_at: datetime | None
    duration_seconds: float | None
    attempts: int
    error: str | None

    @classmethod
    def from_model(cls, stage: StageRecord) -> Self:
        """Make the answer from its row."""
        return cls(
            name=stage.name,
            status=stage.status,
            progress=stage.progress,
            started_at=stage.started_at,
            completed_at=stage.completed_at,
            duration_seconds=stage.duration_seconds,
            attempts=stage.attempts,
            error=stage.error,
        )


class Stem(Answer):
    """The sound of one instrument."""

    name: str
    url: str


class FinishedSong(Answer):
    """A song that can be heard."""

    title: str
    duration_seconds: float
    tempo: float
    key: str
    time_signature: str
    genre: str
    audio_url: str | None
    mp3_url: str | None
    midi_url: str | None
    stems: list[Stem]


class Aggregate(Answer):
    """Everything about a project."""

    project_id: str
    name: str
    status: Status
    progress: float
    progress_percent: float
    current_stage: str | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    error: str | None
    stages: list[StageState]
    song: FinishedSong | None


class ProjectState(Answer):
    """Where a project stands."""

    project_id: str
    status: Status
    progress: float
    current_stage: str | None
    stages: dict[str, bool]
    error: str | None


class ProjectLine(Answer):
    """One project of a list."""

    id: str
    name: str
    status: Status
    progress: float
    created_at: datetime


class ProjectList(Answer):
    """A part of the viewer's projects, newest first."""

    items: list[ProjectLine]
    total: int


class EventData(Answer):
    """What an event says about the work."""

    stage: str | None
    progress: float | None
    error: str | None


class Event(Answer):
    """Something that happened to a project."""

    type: EventType
    event_type: EventType
    id: str
    project_id: str
    stage: str | None
    progress: float | None
    message: str | None
    error: str | None
    timestamp: datetime
    data: EventData

    @classmethod
    def from_model(cls, event: ProjectEvent) -> Self:
        """Make the envelope from its row."""
        return cls(
            type=event.type,
            event_type=event.type,
            id=str(event.seq),
            project_id=event.project_id,
            stage=event.stage,
            progress=event.progress,
            message=event.message,
            error=event.error,
            timestamp=event.at,
            data=EventData(stage=event.stage, progress=event.progress, error=event.error),
        )


class History(RootModel[list[Event]]):
    """What happened to a project, oldest first."""


class NotificationData(EventData):
    """What a notification says about the work."""

    project_id: str


class Notification(Answer):
    """The same event in the form that the earlier React hook reads."""

    type: Literal["event_notification"] = "event_notification"
    event_type: EventType
    data: NotificationData
    id: str
    timestamp: datetime

    @classmethod
    def from_model(cls, event: ProjectEvent) -> Self:
        """Make the envelope from its row."""
        return cls(
            event_type=event.type,
            data=NotificationData(
                project_id=event.project_id,
                stage=event.stage,
                progress=event.progress,
                error=event.error,
            ),
            id=str(event.seq),
            timestamp=event.at,
        )


class Health(Answer):
    """The process is alive."""

    status: Literal["healthy"] = "healthy"
    version: str
    uptime_seconds: float


class Version(Answer):
    """Which build is answering."""

    release: str
    commit: str | None
    built_at: datetime | None


class Checks(Answer):
    """Which parts answer."""

    database: bool
    redis: bool
    worker: bool
    storage: bool


class Readiness(Answer):
    """Whether songs can be made."""

    status: Literal["ready", "unavailable"]
    checks: Checks


class Refusal(Answer):
    """Why a request was refused."""

    detail: str


class Fault(Answer):
    """One thing that is wrong with a request."""

    loc: list[str | int]
    msg: str
    type: str


class Faults(Answer):
    """Everything that is wrong with a request."""

    detail: list[Fault]
