"""Cursors of lists that are ordered by a value and an id."""

import base64
import binascii
import math
from datetime import UTC, datetime

from backend.errors import InvalidInput


def encode(at: datetime, row_id: str) -> str:
    """Return an opaque cursor that stands after the row of that time."""
    return pack(str(round(at.timestamp() * 1_000_000)), row_id)


def decode(cursor: str) -> tuple[datetime, str]:
    """Return time and id of the row that ``encode`` was given.

    Raises
    ------
    InvalidInput
        If no list of ours gave out this cursor.
    """
    microseconds, row_id = unpack(cursor)
    try:
        seconds, rest = divmod(int(microseconds), 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), row_id
    except (ValueError, OverflowError, OSError):
        raise _unknown() from None


def pack(value: str, row_id: str) -> str:
    """Return an opaque cursor that stands after the row of that value."""
    return base64.urlsafe_b64encode(f"{value}:{row_id}".encode()).decode().rstrip("=")


def unpack(cursor: str) -> tuple[str, str]:
    """Return value and id of the row that ``pack`` was given.

    Raises
    ------
    InvalidInput
        If no list of ours gave out this cursor.
    """
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (ValueError, binascii.Error):
        raise _unknown() from None
    value, colon, row_id = text.rpartition(":")
    if not colon or "\x00" in text:
        raise _unknown()
    return value, row_id


def number(value: str) -> float:
    """Return the number that a cursor holds.

    Raises
    ------
    InvalidInput
        If it holds none.
    """
    try:
        found = float(value)
    except ValueError:
        raise _unknown() from None
    if not math.isfinite(found):
        raise _unknown()
    return found


def _unknown() -> InvalidInput:
    return InvalidInput(
        "This cursor is not one that a list returned; leave it out to start at the beginning.",
        field="after",
    )
