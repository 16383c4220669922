"""What clients of ``/ws`` send, and what they get besides events."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Action(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Ping(_Action):
    """Ask for a sign of life."""

    action: Literal["ping"]


class Authenticate(_Action):
    """Say who is connected."""

    action: Literal["authenticate"]
    token: str


class Subscribe(_Action):
    """Watch a project from the beginning, or after an event."""

    action: Literal["subscribe"]
    project_id: str
    after: Annotated[str | None, Field(pattern=r"^[0-9]{1,15}$")] = None
    envelope: Literal["event", "notification"] = "event"


class Unsubscribe(_Action):
    """Stop watching a project."""

    action: Literal["unsubscribe"]
    project_id: str


Action = Annotated[Ping | Authenticate | Subscribe | Unsubscribe, Field(discriminator="action")]

ACTIONS: TypeAdapter[Ping | Authenticate | Subscribe | Unsubscribe] = TypeAdapter(Action)


def error(code: str, message: str) -> dict[str, str]:
    """Return an error message; the socket stays open."""
    return {"type": "error", "code": code, "message": message}
