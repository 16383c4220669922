"""Read the data sets and write what the network learns from.

Usage: python -m training.prepare [--pop909 POP909_FOLDER] --out FOLDER
"""

import argparse
from collections import Counter
from pathlib import Path

from training.encode import encode, save
from training.folk import read_folk
from training.pop909 import read_pop909
from training.tunes import Tune


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pop909", type=Path, help="the folder of song folders")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pop = [] if options.pop909 is None else list(read_pop909(options.pop909))
    tunes = [*pop, *read_folk()]
    report(tunes)
    options.out.mkdir(parents=True, exist_ok=True)
    save(map(encode, map(opening, tunes)), options.out / "melodies.npz")


def opening(tune: Tune) -> Tune:
    """Let half of the training tunes begin with their silence, so that pick-ups are learnt."""
    hears_silence = tune.split == "train" and int(tune.group[-1], 16) % 2 == 0
    return tune.with_opening_rest() if hears_silence else tune


def report(tunes: list[Tune]) -> None:
    """Print how many tunes and events each source has on each side of the split."""
    pieces = Counter((tune.source, tune.split) for tune in tunes)
    events: Counter[tuple[str, str]] = Counter()
    for tune in tunes:
        events[tune.source, tune.split] += len(tune.events)
    for source, split in sorted(pieces):
        counts = f"{pieces[source, split]:5} tunes {events[source, split]:7} events"
        print(f"{source:14} {split:10} {counts}")


if __name__ == "__main__":
    main()
