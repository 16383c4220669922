"""How many at the same time, within one process."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from backend.errors import LimitExceeded


class Places:
    """Places that callers take and leave."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    @contextmanager
    def taken(self, caller: str, most: int, what: str) -> Iterator[None]:
        """Take a place and leave it afterwards.

        Parameters
        ----------
        caller : str
            Whose place.
        most : int
            How many the caller may have.
        what : str
            What a place is, in the plural, for the message.

        Raises
        ------
        LimitExceeded
            If there is none left.
        """
        if self._taken[caller] >= most:
            raise LimitExceeded(f"At most {most} {what} at the same time; close one first.")
        self._taken[caller] += 1
        try:
            yield
        finally:
            self._taken[caller] -= 1
            if not self._taken[caller]:
                del self._taken[caller]
