"""One song length and number of tracks, measured in a process of its own; prints JSON.

Run by ``benchmarks.sound``. The song is made as a worker's child makes it: audio lies in
memory-mapped files, every stage leaves its files.
"""

import argparse
import gc
import json
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from backend.jobs import desk
from backend.jobs.desk import Desk, RunnerType
from backend.jobs.messages import Order, PreviewMade, Progress, StageDone, ToWorker
from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.artifacts import (
    Arrangement,
    Master,
    MixSettings,
    SongPlan,
    SongRequest,
    SoundBank,
    StageName,
    Stems,
)
from backend.pipeline.runner import Runner

Times = dict[str, list[tuple[float, float]]]

MIX_STEPS = {
    "Blending": "strips",
    "Mastering": "blend",
    "Measuring": "master, WAVs",
    "The": "report",
}
"""First word of a progress message to the part of the mix that ends with it."""

PREVIEW, SOUND, ALL = "to the preview", "to WAV and stems", "to all files"


@dataclass(frozen=True, slots=True)
class Result:
    """What one case took; times in seconds, wall and processor."""

    bank: str
    tracks: int
    seconds: float
    times: dict[str, tuple[float, float]]
    """Medians by step."""
    resident_mb: float
    """The most that the process held, pages of mapped files included."""
    own_mb: float
    """The most without them."""


class Watch:
    """Notes wall and processor time between what a child says."""

    def __init__(self, times: Times, folder: Path) -> None:
        self._times = times
        self._folder = folder
        self._began = time.time()
        self._start = self._last = self._now()
        self.tracks = 0

    def hear(self, message: ToWorker) -> None:
        """Note what has ended with this message."""
        match message:
            case PreviewMade():
                self._lap("preview")
                self._note(PREVIEW, self._start)
            case StageDone(stage=stage, song=song):
                encodes = stage in {StageName.RENDERING, StageName.MIXING}
                self._lap(f"{stage.value}: files" if encodes else stage.value)
                self.tracks = len(song.tracks)
            case Progress(stage=StageName.MIXING, message=said):
                if step := MIX_STEPS.get(said.split(maxsplit=1)[0]):
                    self._lap(f"mixing: {step}")
            case Progress(message="Every instrument has played"):
                self._lap("rendering")

    def finish(self) -> None:
        """Note the whole, and when the last WAV was complete."""
        self._note(ALL, self._start)
        written = max(path.stat().st_mtime for path in self._folder.glob("*.wav"))
        self._times.setdefault(SOUND, []).append((written - self._began, float("nan")))

    def _lap(self, step: str) -> None:
        self._note(step, self._last)
        self._last = self._now()

    def _note(self, step: str, since: tuple[float, float]) -> None:
        wall, cpu = (now - then for now, then in zip(self._now(), since, strict=True))
        self._times.setdefault(step, []).append((wall, cpu))

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


class OwnMemory:
    """The most memory of its own the process has held; mapped files are the kernel's cache."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stop.wait(0.02):
            status = Path("/proc/self/status").read_text("ascii")
            kilobytes = next(line.split()[1] for line in status.splitlines() if "RssAnon" in line)
            self.peak_mb = max(self.peak_mb, int(kilobytes) / 1024)


def crowded(count: int) -> RunnerType:
    """Return a runner whose songs are played by ``count`` tracks: the usual ones, several times."""

    class Crowded(Runner):
        def _render(self, song_plan: SongPlan, arrangement: Arrangement) -> Stems:
            return Runner._render(self, *_crowd(song_plan, arrangement, count))

        def _mix(self, song_plan: SongPlan, arrangement: Arrangement, stems: Stems) -> Master:
            return Runner._mix(self, *_crowd(song_plan, arrangement, count), stems)

    return Crowded


def _crowd(
    song_plan: SongPlan, arrangement: Arrangement, count: int
) -> tuple[SongPlan, Arrangement]:
    plans = {track.id: track for track in song_plan.tracks}
    usual = [(plans[track.track_id], track) for track in arrangement.tracks]
    places = [divmod(place, len(usual)) for place in range(count)]
    names = [f"{usual[which][0].id}-{copy}" if copy else usual[which][0].id
             for copy, which in places]  # fmt: skip
    return (
        replace(
            song_plan,
            tracks=tuple(
                replace(usual[which][0], id=name)
                for (_, which), name in zip(places, names, strict=True)
            ),
        ),
        replace(
            arrangement,
            tracks=tuple(
                replace(usual[which][1], track_id=name)
                for (_, which), name in zip(places, names, strict=True)
            ),
        ),
    )


@contextmanager
def every_report() -> Iterator[None]:
    """Let the desk pass on every progress message, not eight per second."""
    usual, desk.REPORT_EVERY_SECONDS = desk.REPORT_EVERY_SECONDS, 0.0
    yield
    desk.REPORT_EVERY_SECONDS = usual


def one_run(times: Times, request: SongRequest, bank: SoundBank, runner: RunnerType) -> int:
    """Make the song; return how many tracks it was planned with."""
    with tempfile.TemporaryDirectory() as folder:
        watch = Watch(times, Path(folder))
        order = Order(request, MixSettings(), bank, Path(folder), done={}, song=None)
        Desk(order, watch.hear, lambda: None).run(runner)
        watch.finish()
    gc.collect()
    return watch.tracks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--tracks", type=int, default=0, help="0 for those of the arrangement")
    parser.add_argument("--genre", required=True)
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    options = parser.parse_args()
    bank = find_sound_bank(None, options.data_dir.resolve())
    runner: RunnerType = crowded(options.tracks) if options.tracks else Runner
    times: Times = {}
    with every_report(), OwnMemory() as memory:
        one_run(
            {}, SongRequest("warm up", 7, genre=options.genre, duration_seconds=10), bank, Runner
        )
        request = SongRequest("a song", 7, genre=options.genre, duration_seconds=options.seconds)
        for _ in range(options.runs):
            tracks = one_run(times, request, bank, runner)
    result = Result(
        bank=bank.name,
        tracks=options.tracks or tracks,
        seconds=options.seconds,
        times={
            step: (statistics.median(wall), statistics.median(cpu))
            for step, (wall, cpu) in ((s, zip(*pairs, strict=True)) for s, pairs in times.items())
        },
        resident_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        own_mb=memory.peak_mb,
    )
    print(json.dumps(asdict(result)))


if __name__ == "__main__":
    main()
