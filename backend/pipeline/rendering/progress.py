"""Progress of the rendering, counted in frames of audio that are really done."""

from collections.abc import Callable
from threading import Lock

from backend.pipeline.progress import Report


class FrameCount:
    """Adds up the frames of all tracks, from several threads.

    Parameters
    ----------
    total : int
        Frames of all tracks together.
    report : callable
        Called with the share that is done and a sentence; never with a smaller share than before.
    """

    def __init__(self, total: int, report: Report) -> None:
        self._total = max(1, total)
        self._report = report
        self._done = 0
        self._lock = Lock()

    def of(self, track_name: str) -> Callable[[int], None]:
        """Return the counter that one track's player calls with the frames it has done."""

        def advance(frames: int) -> None:
            with self._lock:
                self._done += frames
                self._report(min(1.0, self._done / self._total), f"Playing {track_name}")

        return advance

    def tell(self, message: str) -> None:
        """Say something without having done more."""
        with self._lock:
            self._report(min(1.0, self._done / self._total), message)
