"""What the composed songs measure, against windows measured on real music.

    python -m benchmarks.music [--seeds 3] [--styles pop,rock] [--verbose]

Prints for every song the share of metrics inside their windows (``windows``), the worst song, and
how the metrics lie in all.
"""

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    SongPlan,
    SongRequest,
    StageName,
)
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import all_styles, style
from benchmarks.obedience import print_obedience
from benchmarks.section_seeds import print_section_seeds
from benchmarks.song_metrics import arrangement_metrics, clashes, melody_metrics, shared_runs
from benchmarks.tonality import heard_key, names_it
from benchmarks.windows import POP_LIKE, WINDOWS, inside

GOAL = 0.85
"""Share of its metrics that a song has inside their windows."""


def compose(genre: str, seed: int) -> tuple[SongPlan, Composition, Arrangement]:
    """Return a song of a style with everything else left open."""
    return composed(SongRequest(prompt=f"a {style(genre).name} song", seed=seed, genre=genre))


def composed(request: SongRequest) -> tuple[SongPlan, Composition, Arrangement]:
    """Return the three symbolic stages of a request."""
    seed = request.seed
    song = plan(request, StageContext(seed, StageName.PLANNING))
    composition = generate(song, StageContext(seed, StageName.GENERATION))
    return song, composition, arrange(song, composition, StageContext(seed, StageName.ARRANGEMENT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--styles", default="")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    names = options.styles.split(",") if options.styles else [s.id for s in all_styles()]
    print_windows(names, options.seeds, verbose=options.verbose)
    print_variety()
    print_cost()
    if not options.styles:
        print_section_seeds(1)
        print_obedience(composed, options.seeds)


def print_windows(names: list[str], seeds: int, *, verbose: bool) -> None:
    """Print each song's share of metrics inside their windows: by style, in all, by metric."""
    by_metric: dict[str, list[bool]] = defaultdict(list)
    values: dict[str, list[float]] = defaultdict(list)
    shares: dict[tuple[str, int], float] = {}
    keys: list[bool] = []
    for name in names:
        misses, clash = Counter[str](), 0
        for seed in range(1, seeds + 1):
            song, composition, arrangement = compose(name, seed)
            metrics = melody_metrics(song, composition.melody)
            metrics |= arrangement_metrics(song, arrangement)
            good = inside(name, metrics)
            shares[name, seed] = float(np.mean(list(good.values())))
            clash += clashes(song, composition)
            keys.append(names_it(song.key, heard_key(song, arrangement)))
            misses.update([f"key {song.key}"] * (not keys[-1]))
            for metric, is_good in good.items():
                by_metric[metric].append(is_good)
                values[metric].append(metrics[metric])
                misses.update([f"{metric}={metrics[metric]:.2f}"] * (not is_good))
        own = " ".join(f"{shares[name, seed]:.0%}" for seed in range(1, seeds + 1))
        shown = ", ".join(misses) if verbose else ""
        print(f"{name:14s} {'pop-like' if name in POP_LIKE else '':8s}  {own}"
              f"  clashes {clash}  {shown}")  # fmt: skip
    print_shares("pop-like", {song: s for song, s in shares.items() if song[0] in POP_LIKE})
    print_shares("all", shares)
    print()
    for metric in filter(by_metric.__contains__, WINDOWS):
        print(f"{metric:20s} {np.mean(by_metric[metric]):6.1%} inside"
              f"   {np.mean(values[metric]):6.2f} ± {np.std(values[metric]):.2f}")  # fmt: skip
    print(f"\nplanned key heard in {np.mean(keys):.1%} of {len(keys)} songs")


def print_shares(group: str, shares: dict[tuple[str, int], float]) -> None:
    """Print how many songs reach the goal, and the worst one."""
    if shares:
        worst = min(shares, key=lambda song: shares[song])
        reached = sum(share >= GOAL for share in shares.values())
        print(f"{group}: {reached} of {len(shares)} songs with at least {GOAL:.0%} inside; "
              f"worst {worst[0]}, seed {worst[1]}: {shares[worst]:.1%}")  # fmt: skip


def print_variety() -> None:
    melodies = [[n.pitch for n in compose("pop", seed)[1].melody] for seed in range(100, 132)]
    print(f"largest share of 8-note runs that two of 32 seeds share: {shared_runs(melodies):.1%}")


def print_cost() -> None:
    """Print the time of a three-minute song, best of five, and the memory of this process."""
    request = SongRequest("a pop song", seed=7, genre="pop", duration_seconds=180)
    seconds = []
    for _ in range(5):
        start = time.process_time()
        composed(request)
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"three-minute song: {min(seconds):.2f} s of one core, {peak:.0f} MB at most")


if __name__ == "__main__":
    main()
