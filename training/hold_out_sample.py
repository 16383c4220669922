"""Write a few held-out public-domain tunes, and one that was trained on, for the tests.

Usage: python -m training.hold_out_sample
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from backend.pipeline.generation.neural.vocabulary import (
    GRID_TICKS,
    LOWEST_PITCH,
    REST,
    TICKS_PER_BEAT,
)
from training.folk import COLLECTIONS, read_folk
from training.tunes import Tune

SAMPLE = Path("tests/pipeline/generation/neural/public_domain_tunes.json")
PER_COLLECTION = 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=SAMPLE)
    options = parser.parse_args()
    tunes = [tune for tune in read_folk() if is_simple(tune)]
    sample = {
        "held_out": [
            written(tune)
            for collection in COLLECTIONS
            for tune in first(tunes, collection, "test", PER_COLLECTION)
        ],
        "trained_on": written(first(tunes, COLLECTIONS[0], "train", 1)[0]),
    }
    options.out.write_text(json.dumps(sample, separators=(",", ":")) + "\n")
    print(f"{len(sample['held_out'])} tunes, {options.out.stat().st_size / 1e3:.0f} kB")


def is_simple(tune: Tune) -> bool:
    """Tell whether every note lies on the grid that the product sings on."""
    return all(e.onset % GRID_TICKS == 0 and e.length % GRID_TICKS == 0 for e in tune.events)


def first(tunes: Sequence[Tune], collection: str, split: str, count: int) -> list[Tune]:
    """Return the first tunes of a collection on one side of the split."""
    return [tune for tune in tunes if (tune.source, tune.split) == (collection, split)][:count]


def written(tune: Tune) -> dict[str, Any]:
    """Write a tune in beats: notes (pitch, start, duration) and chords (root, tones, start)."""
    return {
        "title": tune.title,
        "source": tune.source,
        "metre": tune.metre,
        "mode": tune.mode,
        "bars": tune.bars,
        "notes": [
            (e.token + LOWEST_PITCH, e.onset / TICKS_PER_BEAT, e.length / TICKS_PER_BEAT)
            for e in tune.events
            if e.token != REST
        ],
        "chords": [(c.root, c.tones, c.start / TICKS_PER_BEAT) for c in tune.chords],
    }


if __name__ == "__main__":
    main()
