"""Cursors of events: the event's number within its project."""

import re

from backend.errors import InvalidInput


def event_cursor(after: str | None) -> int | None:
    """Read the cursor of an event.

    Parameters
    ----------
    after : str or None
        The ``id`` of an event.

    Returns
    -------
    int or None
        Its number; None for the beginning.

    Raises
    ------
    InvalidInput
        If it is not the id of an event.
    """
    if after is None:
        return None
    if not re.fullmatch(r"[0-9]{1,15}", after):
        raise InvalidInput("“after” takes the id of an event, such as 12.", field="after")
    return int(after)
