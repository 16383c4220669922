"""Every failure the product expects, as one tree.

::

    MusicError                      code, message, field
    ├── InvalidInput                what was wrong, on which field, what would be accepted
    ├── NotAuthenticated            no token, or one that is wrong or expired
    ├── Forbidden                   known, but not with this key
    ├── NotFound                    it does not exist, or it is somebody else's
    ├── Conflict                    legal in itself, not in the present state
    ├── LimitExceeded               try again after retry_after_seconds
    │   └── RateLimited             the same client came too often
    ├── ServiceUnavailable          database, queue or storage is away; trying again helps
    ├── ConfigurationError          a setting is wrong; the process does not start
    └── StageFailed                 a stage could not make its artifact; retryable or not

Each edge maps the tree once: GraphQL to union members, REST and WebSocket to status codes and error
messages, the worker to a FAILED project or a retry. Messages are written for the user; causes go to
the log.
"""

from typing import ClassVar


class MusicError(Exception):
    """Root of the tree.

    Parameters
    ----------
    message : str
        A sentence that a user can act on. Never holds internals.
    field : str or None
        The input field at fault, in the API's spelling (``style.tempoBpm``).
    """

    code: ClassVar[str] = "ERROR"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidInput(MusicError):
    """A value that cannot be accepted; the message names what would be."""

    code = "INVALID_INPUT"


class NotAuthenticated(MusicError):
    """No identity came with the request, or it is not valid any more."""

    code = "NOT_AUTHENTICATED"


class Forbidden(MusicError):
    """The identity is known, and what it came with does not allow this."""

    code = "FORBIDDEN"


class NotFound(MusicError):
    """The thing does not exist for this viewer."""

    code = "NOT_FOUND"


class Conflict(MusicError):
    """The action does not fit the present state, such as cancelling a finished project."""

    code = "CONFLICT"


class LimitExceeded(MusicError):
    """Too much at once.

    Parameters
    ----------
    message : str
        What was exceeded.
    retry_after_seconds : int or None
        When trying again makes sense.
    """

    code = "LIMIT_EXCEEDED"

    def __init__(self, message: str, *, retry_after_seconds: int | None = None) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class RateLimited(LimitExceeded):
    """The same client came too often."""

    code = "RATE_LIMITED"


class ServiceUnavailable(MusicError):
    """A part that the product stands on is away for a moment."""

    code = "UNAVAILABLE"


class ConfigurationError(MusicError):
    """A setting is wrong; ``field`` is the setting's name."""

    code = "CONFIGURATION"


class StageFailed(MusicError):
    """A stage could not make its artifact.

    Parameters
    ----------
    message : str
        What the user reads.
    stage : str
        The stage's name, lower case.
    retryable : bool
        Whether the same input may succeed later (a full disk does, an impossible request does not).
    """

    code = "STAGE_FAILED"

    def __init__(self, message: str, *, stage: str, retryable: bool = False) -> None:
        super().__init__(message)
        self.stage = stage
        self.retryable = retryable
