"""The address at which somebody without an account hears one project's song."""

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, now


class ShareLink(SQLModel, table=True):
    """The link of a project; taking the row away revokes it for good.

    The token stands here as it is: all that it opens lies in the same database, and the owner sees
    the link again.
    """

    __tablename__ = "share_link"

    project_id: str = Field(foreign_key="project.id", primary_key=True, max_length=36)
    token: str = Field(max_length=64, unique=True)
    created_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
