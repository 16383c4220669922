"""Who among those who make songs is still there.

A run shows itself by writing its heartbeat. Whether it is dead is not read from the time it wrote,
which is that of another machine's clock or of one that was set: a run is dead when its heartbeat
has not changed for a while, and the while is measured by the clock of this process that nobody can
set. Time in which nobody looked does not count: when the database is away, who lives cannot say so.
"""

import time
from collections.abc import Callable, Iterable

from backend.persistence.takes import Sign

SILENT_SECONDS = 8.0
"""Without a change for so long, a run is taken for dead."""
LOOKING_SECONDS = 4.0
"""The longest time between two looks that still counts: twice the usual one."""


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
        self._looked_at = clock()

    def silent(self, signs: Iterable[Sign]) -> list[Sign]:
        """Return those signs that have been the last ones of their runs for too long.

        Parameters
        ----------
        signs : iterable of Sign
            The present ones of all runs; what is not among them is forgotten.
        """
        now = self._clock()
        if now - self._looked_at > LOOKING_SECONDS:
            self._first_seen.clear()
        self._looked_at = now
        self._first_seen = {sign: self._first_seen.get(sign, now) for sign in signs}
        return [sign for sign, seen in self._first_seen.items() if now - seen >= SILENT_SECONDS]
