"""A stage of a take."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import UniqueConstraint
from sqlmodel import Column, Field, SQLModel

from backend.models.base import StageStatus, UTCDateTime, new_id, words
from backend.models.track_progress import Tracks, TracksColumn


class Stage(SQLModel, table=True):
    """One of the five steps of a take. A completed stage with artifacts is a checkpoint."""

    __table_args__ = (UniqueConstraint("take_id", "name", name="uq_stage_take_name"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    take_id: str = Field(foreign_key="take.id", max_length=36, index=True)
    position: int
    """0 to 4."""
    name: str = Field(max_length=20)
    """planning, generation, arrangement, rendering or mixing."""
    status: StageStatus = Field(
        default=StageStatus.PENDING, sa_column=Column(words(StageStatus), nullable=False)
    )
    progress: float = 0.0
    message: str | None = Field(default=None, max_length=500)
    tracks: Tracks = Field(default=(), sa_column=Column(TracksColumn, nullable=True))
    """Those that it has begun to play; kept until the take is finished."""
    attempts: int = 0
    error: str | None = Field(default=None, max_length=2000)
    started_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
    completed_at: datetime | None = Field(
        default=None, sa_column=Column(UTCDateTime, nullable=True)
    )

    @property
    def duration_seconds(self) -> float | None:
        """How long it took; None before it has ended."""
        return _seconds_between(self.started_at, self.completed_at)


class StageRecord(NamedTuple):
    """A stage as lists read it: five for every take, so without the weight of an entity."""

    take_id: str
    position: int
    name: str
    status: StageStatus
    progress: float
    message: str | None
    tracks: Tracks
    attempts: int
    error: str | None
    started_at: datetime | None
    completed_at: datetime | None

    @property
    def duration_seconds(self) -> float | None:
        """How long it took; None before it has ended."""
        return _seconds_between(self.started_at, self.completed_at)


def _seconds_between(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds()
