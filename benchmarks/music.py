"""What the composed songs measure, against windows measured on real music.

    python benchmarks/music.py [--seeds 3] [--styles pop,rock] [--verbose]

Prints the share of songs inside every window, by metric and by style. The reference windows come
from POP909, fiddle tunes and multi-track hits; where a genre differs, ``EXCEPTIONS`` says how and
why.
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
from benchmarks.song_metrics import arrangement_metrics, clashes, melody_metrics, shared_runs
from benchmarks.tonality import heard_key, names_it

Window = tuple[float, float]

WINDOWS: dict[str, Window] = {
    "in_key": (0.90, 1.0),
    "pc_entropy": (1.9, 3.0),
    "strong_chord_tones": (0.65, 0.97),
    "steps": (0.35, 0.62),
    "repeats": (0.10, 0.35),
    "large_leaps": (0.0, 0.05),
    "turn_after_leap": (0.70, 1.0),
    "range": (8, 21),
    "rests": (0.05, 0.30),
    "bar_repeats": (0.15, 0.45),
    "self_similarity": (0.65, 1.0),
    "similarity_gain": (0.0, 1.0),
    "drum_repeat": (0.60, 0.92),
    "drum_unique": (0.06, 0.32),
    "energy_variation": (0.15, 0.55),
    "groove": (0.72, 0.99),
    "polyphony": (2.5, 8.0),
    "notes_per_beat": (3.0, 14.0),
}

LOOP = "riffs and loops repeat by design"
QUIET = "sparse on purpose"
EXCEPTIONS: dict[str, dict[str, tuple[float, float, str]]] = {
    name: {"bar_repeats": (0.15, 0.9, LOOP), "repeats": (0.05, 0.5, LOOP),
           "similarity_gain": (-0.1, 1.0, "one chord or two-bar loops"),
           "pc_entropy": (1.2, 3.0, LOOP), "steps": (0.25, 0.65, "pentatonic"),
           "rests": (0.05, 0.6, "the riff leaves room")}
    for name in ("hip_hop", "trap", "house", "techno", "drum_and_bass", "lofi_hip_hop", "funk",
                 "reggaeton", "dubstep", "afrobeat", "reggae", "latin_salsa", "metal", "trance")
}  # fmt: skip
EXCEPTIONS |= {
    name: {"strong_chord_tones": (0.5, 0.97, "ninths and thirteenths are stable here"),
           "in_key": (0.75, 1.0, "chord scales"), "bar_repeats": (0.0, 0.45, "improvised lines"),
           "steps": (0.3, 0.65, "arpeggiated lines")}
    for name in ("jazz_swing", "bossa_nova", "blues")
}  # fmt: skip
EXCEPTIONS["blues"] |= {"in_key": (0.7, 1.0, "blue notes")}
EXCEPTIONS["funk"] |= {"in_key": (0.75, 1.0, "blue notes")}
for _name in ("ambient", "classical", "cinematic", "waltz"):
    EXCEPTIONS[_name] = {
        "polyphony": (2.0, 9.0, QUIET), "notes_per_beat": (0.8, 9.0, QUIET),
        "rests": (0.0, 0.6, QUIET), "bar_repeats": (0.0, 0.5, "through-composed phrases"),
        "repeats": (0.02, 0.35, "lyrical lines"),
    }  # fmt: skip
EXCEPTIONS["chiptune"] = {"polyphony": (1.2, 5.0, "four voices at most")}


def compose(genre: str, seed: int) -> tuple[SongPlan, Composition, Arrangement]:
    """Return a song of a style with everything else left open."""
    return composed(SongRequest(prompt=f"a {style(genre).name} song", seed=seed, genre=genre))


def composed(request: SongRequest) -> tuple[SongPlan, Composition, Arrangement]:
    """Return the three symbolic stages of a request."""
    seed = request.seed
    song = plan(request, StageContext(seed, StageName.PLANNING))
    composition = generate(song, StageContext(seed, StageName.GENERATION))
    return song, composition, arrange(song, composition, StageContext(seed, StageName.ARRANGEMENT))


def window_of(genre: str, metric: str) -> Window:
    """Return the window that holds for a style."""
    low, high, *_ = EXCEPTIONS.get(genre, {}).get(metric, WINDOWS[metric])
    return float(low), float(high)


def inside(genre: str, metrics: dict[str, float]) -> dict[str, bool]:
    """Return which metrics lie in their windows."""
    return {
        name: window_of(genre, name)[0] - 1e-9 <= value <= window_of(genre, name)[1] + 1e-9
        for name, value in metrics.items()
    }


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
        print_obedience(composed, options.seeds)


def print_windows(names: list[str], seeds: int, *, verbose: bool) -> None:
    by_metric: dict[str, list[bool]] = defaultdict(list)
    values: dict[str, list[float]] = defaultdict(list)
    keys: list[bool] = []
    for name in names:
        rates, misses, clash = [], Counter[str](), 0
        for seed in range(1, seeds + 1):
            song, composition, arrangement = compose(name, seed)
            metrics = melody_metrics(song, composition.melody)
            metrics |= arrangement_metrics(song, arrangement)
            good = inside(name, metrics)
            rates.append(float(np.mean(list(good.values()))))
            clash += clashes(song, composition)
            keys.append(names_it(song.key, heard_key(song, arrangement)))
            misses.update([f"key {song.key}"] * (not keys[-1]))
            for metric, is_good in good.items():
                by_metric[metric].append(is_good)
                values[metric].append(metrics[metric])
                if not is_good:
                    misses[f"{metric}={metrics[metric]:.2f}"] += 1
        shown = ", ".join(misses) if verbose or np.mean(rates) < 0.85 else ""
        print(f"{name:15s} {np.mean(rates):6.1%}  clashes {clash}  {shown}")
    print()
    for metric in filter(by_metric.__contains__, WINDOWS):
        print(f"{metric:20s} {np.mean(by_metric[metric]):6.1%} inside"
              f"   {np.mean(values[metric]):6.2f} ± {np.std(values[metric]):.2f}")  # fmt: skip
    print(f"\nplanned key heard in {np.mean(keys):.1%} of {len(keys)} songs")


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
