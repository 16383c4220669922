"""How long a song takes from the request to its files, step by step, and how much memory.

Run: ``python -m benchmarks.sound [--seconds 180] [--genre pop] [--runs 5]``. The song is
made as a worker's child makes it: audio lies in memory-mapped files, every stage leaves its files.
Prints medians of wall and processor time; they mean something on a quiet machine only.
"""

import argparse
import gc
import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from backend.jobs import desk
from backend.jobs.desk import Desk
from backend.jobs.messages import Order, PreviewMade, Progress, StageDone, ToWorker
from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.artifacts import MixSettings, SongRequest, SoundBank, StageName
from backend.pipeline.runner import Runner

Times = dict[str, list[tuple[float, float]]]

MIX_STEPS = {"Blending": "strips", "Mastering": "blend", "Measuring": "master", "The": "report"}
"""First word of a progress message to the part of the mix that ends with it."""


class Watch:
    """Notes wall and processor time between what a child says."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._start = self._last = self._now()

    def hear(self, message: ToWorker) -> None:
        """Note what has ended with this message."""
        match message:
            case PreviewMade():
                self._lap("preview")
                self._note("request to preview", self._start)
            case StageDone(stage=stage):
                encodes = stage in {StageName.RENDERING, StageName.MIXING}
                self._lap(f"{stage.value}: files" if encodes else stage.value)
            case Progress(stage=StageName.MIXING, message=said):
                if step := MIX_STEPS.get(said.split(maxsplit=1)[0]):
                    self._lap(f"mixing: {step}")
            case Progress(stage=StageName.RENDERING, progress=share) if share == 1.0:
                self._lap("rendering")

    def finish(self) -> None:
        """Note the whole."""
        self._note("whole song, all files", self._start)

    def _lap(self, step: str) -> None:
        self._note(step, self._last)
        self._last = self._now()

    def _note(self, step: str, since: tuple[float, float]) -> None:
        wall, cpu = (now - then for now, then in zip(self._now(), since, strict=True))
        self._times.setdefault(step, []).append((wall, cpu))

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()


class AnonymousMemory:
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


@contextmanager
def every_report() -> Iterator[None]:
    """Let the desk pass on every progress message, not eight per second."""
    usual, desk.REPORT_EVERY_SECONDS = desk.REPORT_EVERY_SECONDS, 0.0
    yield
    desk.REPORT_EVERY_SECONDS = usual


def one_run(times: Times, request: SongRequest, bank: SoundBank) -> int:
    """Make the song; return how many tracks it has."""
    tracks = 0
    with tempfile.TemporaryDirectory() as folder:
        watch = Watch(times)

        def hear(message: ToWorker) -> None:
            nonlocal tracks
            watch.hear(message)
            if isinstance(message, StageDone):
                tracks = len(message.song.tracks)

        order = Order(request, MixSettings(), bank, Path(folder), done={}, song=None)
        Desk(order, hear, lambda: None).run(Runner)
        watch.finish()
    gc.collect()
    return tracks


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--genre", default="pop")
    parser.add_argument("--prompt", default="a song", help="for example one that names instruments")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    bank = find_sound_bank(None, options.data_dir.resolve())
    times: Times = {}
    with every_report(), AnonymousMemory() as memory:
        one_run({}, SongRequest("warm up", 7, genre=options.genre, duration_seconds=10), bank)
        request = SongRequest(
            options.prompt, 7, genre=options.genre, duration_seconds=options.seconds
        )
        for _ in range(options.runs):
            tracks = one_run(times, request, bank)
    load = os.getloadavg()[0]
    print(
        f"{options.genre}, {options.seconds:.0f} s, {tracks} tracks, {bank.name}, load {load:.1f}"
    )
    print(f"{'step':24s}{'wall s':>8s}{'cpu s':>8s}   medians of {options.runs}")
    for step, pairs in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{step:24s}{wall:8.2f}{cpu:8.2f}")
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {memory.peak_mb:.0f} MB of its own, {resident:.0f} MB with mapped files")


if __name__ == "__main__":
    main()
