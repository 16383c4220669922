"""One sign-in of a user, kept alive by refresh tokens."""

from datetime import datetime

from sqlmodel import Column, Field, SQLModel

from backend.models.base import UTCDateTime, new_id, now


class SignIn(SQLModel, table=True):
    """One sign-in. Each of its refresh tokens is good once; only the last one's id is kept.

    ``previous_token_id`` is the one before, which two windows of a browser may send at the same
    time.
    """

    __tablename__ = "sign_in"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=36)
    user_id: str = Field(foreign_key="user.id", max_length=128, index=True)
    token_id: str = Field(default_factory=new_id, max_length=36)
    previous_token_id: str | None = Field(default=None, max_length=36)
    rotated_at: datetime = Field(default_factory=now, sa_column=Column(UTCDateTime, nullable=False))
    expires_at: datetime = Field(sa_column=Column(UTCDateTime, nullable=False))
    ended_at: datetime | None = Field(default=None, sa_column=Column(UTCDateTime, nullable=True))
