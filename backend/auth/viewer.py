"""The person or client on whose behalf something happens."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from backend.errors import NotAuthenticated

EXPIRED = "The token has expired. Sign in again."


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who has proved who they are; sees and changes only their own projects.

    Parameters
    ----------
    user_id : str
        Who it is.
    expires_at : datetime or None
        Until when the proof is good; None for ever.
    """

    user_id: str
    expires_at: datetime | None = field(default=None, compare=False)

    @property
    def seconds_left(self) -> float | None:
        """How long the proof is still good; None for ever."""
        if self.expires_at is None:
            return None
        return (self.expires_at - datetime.now(UTC)).total_seconds()

    def require_unexpired(self) -> None:
        """Check again, on a connection that has lived for a while.

        Raises
        ------
        NotAuthenticated
            If the proof has expired.
        """
        left = self.seconds_left
        if left is not None and left <= 0:
            raise NotAuthenticated(EXPIRED)
