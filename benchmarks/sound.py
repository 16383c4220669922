"""How long the sound of a song takes, step by step, and how much memory.

Run: ``python -m benchmarks.sound [--seconds 180] [--genre pop] [--runs 5] [--data-dir .data]``.
Prints medians of wall and processor time; they mean something on a quiet machine only.
"""

import argparse
import io
import os
import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import MixSettings, SongRequest, SoundBank, StageName
from backend.pipeline.formats.audio import peaks, write_flac24, write_mp3, write_wav24
from backend.pipeline.generation import generate
from backend.pipeline.mixing import mix
from backend.pipeline.planning import plan
from backend.pipeline.progress import Report, StageContext, silent
from backend.pipeline.rendering import render

Times = dict[str, list[tuple[float, float]]]


@contextmanager
def timed(times: Times, step: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    times.setdefault(step, []).append((time.perf_counter() - wall, time.process_time() - cpu))


class MixSteps:
    """Times the parts of the mix by the moments of its progress reports."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._last = (time.perf_counter(), time.process_time())
        self._step = "strips"

    def __call__(self, _share: float, message: str) -> None:
        """Note how long the part that ends here took."""
        following = {"Blending": "blend", "Mastering": "master", "Measuring": "report"}
        word = message.split(maxsplit=1)[0]
        if word in following or word == "The":
            now = (time.perf_counter(), time.process_time())
            wall, cpu = now[0] - self._last[0], now[1] - self._last[1]
            self._times.setdefault(f"  mix: {self._step}", []).append((wall, cpu))
            self._last, self._step = now, following.get(word, "")


def one_run(times: Times, request: SongRequest, bank: SoundBank) -> None:
    def context(stage: StageName, report: Report = silent) -> StageContext:
        return StageContext(request.seed, stage, report)

    with timed(times, "whole song to WAV"):
        with timed(times, "compose and arrange"):
            song = plan(request, context(StageName.PLANNING))
            score = generate(song, context(StageName.GENERATION))
            arrangement = arrange(song, score, context(StageName.ARRANGEMENT))
        with timed(times, "render"):
            stems = render(song, arrangement, bank, context(StageName.RENDERING))
        with timed(times, "mix"):
            steps = MixSteps(times)
            settings = MixSettings()
            master = mix(song, arrangement, stems, settings, context(StageName.MIXING, steps))
        with timed(times, "write WAV"):
            write_wav24(io.BytesIO(), master.audio)
    with timed(times, "write MP3"):
        write_mp3(io.BytesIO(), master.audio)
    with timed(times, "write FLAC"):
        write_flac24(io.BytesIO(), master.audio)
    with timed(times, "peaks"):
        peaks(master.audio, 800)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--genre", default="pop")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    bank = find_sound_bank(None, options.data_dir.resolve())
    request = SongRequest("benchmark", 7, genre=options.genre, duration_seconds=options.seconds)
    one_run({}, SongRequest("warm up", 7, genre=options.genre, duration_seconds=10), bank)
    times: Times = {}
    for _ in range(options.runs):
        one_run(times, request, bank)
    print(f"{options.genre}, {options.seconds:.0f} s, {bank.name}, load {os.getloadavg()[0]:.1f}")
    print(f"{'step':24s}{'wall s':>8s}{'cpu s':>8s}   medians of {options.runs}")
    for step, pairs in times.items():
        wall, cpu = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{step:24s}{wall:8.2f}{cpu:8.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB, all audio in memory")


if __name__ == "__main__":
    main()
