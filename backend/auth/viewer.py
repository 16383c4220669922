"""The person or client on whose behalf something happens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who has proved who they are; sees and changes only their own projects."""

    user_id: str
