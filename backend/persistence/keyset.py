"""Cursors of lists that are ordered by time and id."""

import base64
import binascii
from datetime import UTC, datetime

from backend.errors import InvalidInput


def encode(at: datetime, row_id: str) -> str:
    """Return an opaque cursor that stands after the row."""
    microseconds = round(at.timestamp() * 1_000_000)
    return base64.urlsafe_b64encode(f"{microseconds}:{row_id}".encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, str]:
    """Return time and id of the row that ``encode`` was given.

    Raises
    ------
    InvalidInput
        If no list of ours gave out this cursor.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
        microseconds, _, row_id = text.partition(":")
        seconds, rest = divmod(int(microseconds), 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), row_id
    except (ValueError, OverflowError, OSError, binascii.Error):
        raise InvalidInput(
            "This cursor is not one that a list returned; leave it out to start at the beginning.",
            field="after",
        ) from None
