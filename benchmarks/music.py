"""Whether the composer holds what is asked of it: a table of what was asked and what it measures.

    python -m benchmarks.music [--seeds 3] [--styles pop,rock] [--verbose]

Prints for every style the share of each song's metrics inside their windows (``windows``), how the
metrics lie in all, and then the table: obedience, windows, faults, variety, repeatability, cost.
"""

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    SongPlan,
    SongRequest,
    StageName,
)
from backend.pipeline.formats.midi import midi_file
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import all_styles, style
from benchmarks.faults import Faults
from benchmarks.obedience import obedience
from benchmarks.section_seeds import section_seeds
from benchmarks.song_metrics import arrangement_metrics, melody_metrics, shared_runs
from benchmarks.table import Line, print_table
from benchmarks.tonality import heard_key, names_it
from benchmarks.windows import POP_LIKE, WINDOWS, inside

GOAL = 0.85
"""Share of its metrics that a song has inside their windows."""

SHARED = 0.2
"""Share of 8-note runs that melodies of two seeds may have in common."""

SECONDS, MEGABYTES = 0.5, 300
"""What a song of three minutes may cost."""

Song = tuple[SongPlan, Composition, Arrangement]


def compose(genre: str, seed: int) -> Song:
    """Return a song of a style with everything else left open."""
    return composed(SongRequest(prompt=f"a {style(genre).name} song", seed=seed, genre=genre))


def composed(request: SongRequest) -> Song:
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
    price = list(cost())
    songs = {(name, seed): compose(name, seed)
             for name in names for seed in range(1, options.seeds + 1)}  # fmt: skip
    faults = Faults()
    for song in songs.values():
        faults.add(*song)
    lines = [*windows(songs, verbose=options.verbose), *faults.lines("songs"), *variety(names)]
    if not options.styles:
        asked = Faults()
        lines += [*section_seeds(1), *obedience(asked.watching(composed), options.seeds)]
        lines += asked.lines("asked songs")
    print_table([*lines, *price])


def windows(songs: dict[tuple[str, int], Song], *, verbose: bool) -> Iterator[Line]:
    """Yield how many songs have enough inside their windows; print it by style and by metric."""
    found = {
        key: melody_metrics(song, composition.melody) | arrangement_metrics(song, arrangement)
        for key, (song, composition, arrangement) in songs.items()
    }
    good = {key: inside(key[0], metrics) for key, metrics in found.items()}
    shares = {key: float(np.mean(list(each.values()))) for key, each in good.items()}
    for name in dict.fromkeys(name for name, _ in songs):
        own = [key for key in songs if key[0] == name]
        misses = [f"{metric}={found[key][metric]:.2f}"
                  for key in own for metric in found[key] if not good[key][metric]]  # fmt: skip
        print(f"{name:14s} {'pop-like' if name in POP_LIKE else '':8s}  "
              f"{' '.join(f'{shares[key]:.0%}' for key in own)}"
              f"  {', '.join(misses) if verbose else ''}")  # fmt: skip
    print_metrics(list(found.values()), list(good.values()))
    yield from enough("pop-like ", {key: s for key, s in shares.items() if key[0] in POP_LIKE})
    yield from enough("", shares)
    yield named(songs)


def print_metrics(found: list[dict[str, float]], good: list[dict[str, bool]]) -> None:
    """Print how often each metric lies inside its window, and how it spreads."""
    values: dict[str, list[float]] = defaultdict(list)
    hits: dict[str, list[bool]] = defaultdict(list)
    for metrics, inside_windows in zip(found, good, strict=True):
        for metric, value in metrics.items():
            values[metric].append(value)
            hits[metric].append(inside_windows[metric])
    print()
    for metric in filter(values.__contains__, WINDOWS):
        print(f"{metric:20s} {np.mean(hits[metric]):6.1%} inside"
              f"   {np.mean(values[metric]):6.2f} ± {np.std(values[metric]):.2f}")  # fmt: skip


def enough(group: str, shares: dict[tuple[str, int], float]) -> Iterator[Line]:
    """Yield how many songs of a group reach the goal, and the worst one."""
    if shares:
        worst = min(shares, key=lambda key: shares[key])
        reached = sum(share >= GOAL for share in shares.values())
        yield Line(
            f"{GOAL:.0%} of metrics inside their windows, every {group}song",
            f"{reached} of {len(shares)}; worst {shares[worst]:.1%}, {worst[0]} {worst[1]}",
            reached == len(shares),
        )


def named(songs: dict[tuple[str, int], Song]) -> Line:
    """Return how often a listener would name the planned key."""
    missed = [
        f"{genre} {seed} ({song.key})"
        for (genre, seed), (song, _, arrangement) in songs.items()
        if not names_it(song.key, heard_key(song, arrangement))
    ]
    share = f"{1 - len(missed) / len(songs):.1%} of {len(songs)}"
    return Line("planned key heard", "; not ".join([share, *missed]), not missed)


def variety(names: list[str]) -> Iterator[Line]:
    """Yield how alike seeds are, and whether the same one gives the same bytes."""
    melodies = [[n.pitch for n in compose("pop", seed)[1].melody] for seed in range(100, 132)]
    most = shared_runs(melodies)
    yield Line(f"at most {SHARED:.0%} of 8-note runs shared by two of 32 seeds", f"{most:.1%}",
               most <= SHARED)  # fmt: skip
    equal = [_bytes(compose(name, 1)) == _bytes(compose(name, 1)) for name in names]
    yield Line("same seed, same bytes", f"{sum(equal)} of {len(equal)} styles", all(equal))


def _bytes(song: Song) -> bytes:
    plan_, composition, arrangement = song
    return midi_file(plan_, arrangement, composition)


def cost() -> Iterator[Line]:
    """Yield the time of a three-minute song, best of five, and the memory of this process."""
    request = SongRequest("a pop song", seed=7, genre="pop", duration_seconds=180)
    seconds = []
    for _ in range(5):
        start = time.process_time()
        composed(request)
        seconds.append(time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Line(f"three-minute song within {SECONDS} s of one core", f"{min(seconds):.2f} s",
               min(seconds) < SECONDS)  # fmt: skip
    yield Line(f"within {MEGABYTES} MB", f"{peak:.0f} MB", peak < MEGABYTES)


if __name__ == "__main__":
    main()
