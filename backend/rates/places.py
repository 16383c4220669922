"""Places within this process: how many of something a caller may have at the same time."""

from collections import Counter

from backend.errors import LimitExceeded


class Place:
    """A place that is taken, or may be; thousands are held for hours, so it has few parts."""

    __slots__ = ("_caller", "_most", "_taken", "_what")

    def __init__(self, taken: Counter[str], caller: str, most: int, what: str) -> None:
        self._taken = taken
        self._caller = caller
        self._most = most
        self._what = what

    def take(self) -> None:
        """Take it; LimitExceeded if there is none left."""
        if self._taken[self._caller] >= self._most:
            raise LimitExceeded(
                f"At most {self._most} {self._what} at the same time; close one first."
            )
        self._taken[self._caller] += 1

    def leave(self) -> None:
        """Leave it to others."""
        self._taken[self._caller] -= 1
        if not self._taken[self._caller]:
            del self._taken[self._caller]

    def __enter__(self) -> None:
        self.take()

    def __exit__(self, *_error: object) -> None:
        self.leave()


class Places:
    """Places that callers take and leave."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def place(self, caller: str, most: int, what: str) -> Place:
        """Return a place that can be taken.

        Parameters
        ----------
        caller : str
            Whose place.
        most : int
            How many the caller may have.
        what : str
            What a place is, in the plural, for the message.
        """
        return Place(self._taken, caller, most, what)
