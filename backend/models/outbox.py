"""Jobs that are to be enqueued; written in the transaction that makes the work."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, new_id, now


class Outbox(SQLModel, table=True):
    """One enqueue that is owed to the queue; the row goes when the queue has it."""

    __table_args__ = (UniqueConstraint("take_id", "attempt", name="uq_outbox_take_attempt"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    take_id: str = Field(foreign_key="take.id", max_length=36)
    attempt: int
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
