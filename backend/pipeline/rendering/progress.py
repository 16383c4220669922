"""Progress of the rendering, counted in frames of audio that are really done."""

from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock

from backend.pipeline.artifacts import Stem
from backend.pipeline.progress import Played, Report


class FrameCount:
    """Adds up the frames of all tracks, from several threads.

    Parameters
    ----------
    frames : mapping of str to int
        How many frames there are to play of each track, by its id.
    report : callable
        Called with the share that is done and a sentence; never with a smaller share than before.
    played : callable
        Called with a stem and its share that is done, before the report that tells of it; with
        the whole only by ``complete``.
    """

    def __init__(self, frames: Mapping[str, int], report: Report, played: Played) -> None:
        self._frames = frames
        self._total = max(1, sum(frames.values()))
        self._report = report
        self._played = played
        self._done = Counter[str]()
        self._lock = Lock()

    def of(self, stem: Stem, name: str) -> Callable[[int], None]:
        """Return the counter that a player of the track calls with the frames it has done."""
        track_id = stem.track_id

        def advance(frames: int) -> None:
            with self._lock:
                self._done[track_id] += frames
                share = self._done[track_id] / max(1, self._frames[track_id])
                if share < 1.0:
                    self._played(stem, share)
                self._report(self._share(), f"Playing {name}")

        return advance

    def complete(self, stem: Stem) -> None:
        """Say that nothing will change a track any more; the players of others play on."""
        self._played(stem, 1.0)

    def tell(self, message: str) -> None:
        """Say something without having done more."""
        with self._lock:
            self._report(self._share(), message)

    def _share(self) -> float:
        return min(1.0, self._done.total() / self._total)
