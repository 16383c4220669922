"""A file that a stage left in the storage."""

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, now


class Artifact(SQLModel, table=True):
    """Where one file of a stage lies. Takes with the same content share the key."""

    stage_id: str = Field(foreign_key="stage.id", primary_key=True, max_length=36)
    name: str = Field(primary_key=True, max_length=200)
    """Unique within the take: plan.json, master.wav, stems/bass.wav …"""
    key: str = Field(index=True, max_length=200)
    """Content-addressed key in the storage."""
    size_bytes: int
    media_type: str = Field(max_length=100)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
