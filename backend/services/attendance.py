"""Who among those who make songs is still there.

A run shows itself by writing its heartbeat. Whether it is dead is not read from the time it wrote,
which is that of another machine's clock or of one that was set: a run is dead when its heartbeat
has not changed for a while, and the while is measured by the clock of this process that nobody can
set.
"""

import time
from collections.abc import Callable, Iterable

from backend.persistence.takes import Sign

SILENT_SECONDS = 8.0
"""Without a change for so long, a run is taken for dead."""


class Attendance:
    """What one process has seen of the runs at work.

    Parameters
    ----------
    clock : callable
        Seconds that only ever grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first_seen: dict[Sign, float] = {}

    def silent(self, signs: Iterable[Sign]) -> list[Sign]:
        """Return those signs that have been the last ones of their runs for too long.

        Parameters
        ----------
        signs : iterable of Sign
            The present ones of all runs; what is not among them is forgotten.
        """
        now = self._clock()
        self._first_seen = {sign: self._first_seen.get(sign, now) for sign in signs}
        return [sign for sign, seen in self._first_seen.items() if now - seen >= SILENT_SECONDS]
