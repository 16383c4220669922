"""The person or client on whose behalf something happens."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from backend.errors import Forbidden, NotAuthenticated

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
    key_scope : str or None
        ``read`` or ``write`` for somebody who has come with an API key.
    key_id : str or None
        Which key that is: it may be revoked at any time.
    """

    user_id: str
    expires_at: datetime | None = field(default=None, compare=False)
    key_scope: str | None = field(default=None, compare=False)
    key_id: str | None = field(default=None, compare=False)

    @property
    def seconds_left(self) -> float | None:
        """How long the proof is still good; None for ever."""
        if self.expires_at is None:
            return None
        return (self.expires_at - datetime.now(UTC)).total_seconds()

    def require_write(self) -> None:
        """Check that the viewer may change something.

        Raises
        ------
        Forbidden
            If they have come with a key that only reads.
        """
        if self.key_scope not in {None, "write"}:
            raise Forbidden("This API key may only read.")

    def require_token(self) -> None:
        """Check that the viewer has come with a token: keys make no keys.

        Raises
        ------
        Forbidden
            If they have come with a key.
        """
        if self.key_scope is not None:
            raise Forbidden("API keys are managed with a token, not with a key.")

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
