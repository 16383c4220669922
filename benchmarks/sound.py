"""How long a song takes from the request to its files, step by step, and how much memory.

Run: ``python -m benchmarks.sound [--genre pop] [--runs 5] [--short]``. Makes songs of 3 minutes and
8 tracks, 10 × 8, 10 × 16 and 10 × 24, each in a process of its own, and prints for every step the
median wall time, processor time, and how well that filled two cores. Wall times mean something on a
quiet machine only; ``--short`` leaves the songs of 10 minutes out.
"""

import argparse
import json
import math
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.sound_run import ALL, PREVIEW, SOUND, Result

CORES = 2
CASES = ((180.0, 0), (600.0, 0), (600.0, 16), (600.0, 24))
"""Seconds and tracks; 0 for those of the arrangement, which are eight for pop."""


def measure(seconds: float, tracks: int, genre: str, runs: int, data_dir: Path) -> Result:
    """Measure one case in a fresh process, so that its memory is its own."""
    command = [
        sys.executable, "-m", "benchmarks.sound_run", "--genre", genre,
        "--seconds", str(seconds), "--tracks", str(tracks),
        "--runs", str(runs), "--data-dir", str(data_dir),
    ]  # fmt: skip
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own module
    return Result(**json.loads(said))


def show(result: Result) -> None:
    """Print one case."""
    load = os.getloadavg()[0]
    print(f"\n{result.seconds:.0f} s, {result.tracks} tracks, {result.bank}, load {load:.1f}")
    print(f"{'step':20s}{'wall s':>8s}{'cpu s':>8s}{'of two cores':>14s}")
    for step, (wall, cpu) in result.times.items():
        filled = "" if math.isnan(cpu) else f"{cpu:8.2f}{cpu / wall / CORES:14.0%}"
        print(f"{step:20s}{wall:8.2f}{filled}")
    print(f"peak memory {result.resident_mb:.0f} MB, {result.own_mb:.0f} MB without mapped files")


def show_ratio(short: Result, long: Result) -> None:
    """Print how the time per second of music grows with the song."""
    for name, column in (("wall", 0), ("processor", 1)):
        ratio = (long.times[ALL][column] / long.seconds) / (
            short.times[ALL][column] / short.seconds
        )
        print(f"{name} time per second of music, 600 s against 180 s: {ratio:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--genre", default="pop")
    parser.add_argument("--runs", type=int, default=5, help="of the short song; long ones run once")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--data-dir", type=Path, default=Path(".data"))
    options = parser.parse_args()
    cases = CASES[:1] if options.short else CASES
    results = []
    for number, (seconds, tracks) in enumerate(cases):
        runs = 1 if number else options.runs
        results.append(measure(seconds, tracks, options.genre, runs, options.data_dir))
        show(results[-1])
    times = results[0].times
    sound, everything = times[SOUND][0], times[ALL][0]
    print(f"\npreview {times[PREVIEW][0]:.2f} s, WAV and stems {sound:.2f} s,", end=" ")
    print(f"MP3 {everything - sound:.2f} s later")
    if not options.short:
        show_ratio(results[0], results[1])


if __name__ == "__main__":
    main()
