"""Index every run of ten notes of all tunes, held-out ones too.

Usage: python -m training.originality_index --pop909 POP909_FOLDER
"""

import argparse
from pathlib import Path

import numpy as np

from backend.pipeline.generation.neural.originality import Hashes, run_hashes
from backend.pipeline.generation.neural.vocabulary import REST
from training.folk import read_folk
from training.pop909 import read_pop909
from training.tunes import Tune

INDEX = Path("backend/pipeline/generation/neural/originality.npz")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pop909", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=INDEX)
    options = parser.parse_args()
    tunes = [*read_pop909(options.pop909), *read_folk()]
    hashes = np.unique(np.concatenate([runs(tune) for tune in tunes]))
    differences = np.diff(hashes, prepend=np.uint64(0))
    np.savez_compressed(options.out, differences=differences.astype(np.uint32))
    print(f"{len(tunes)} tunes, {hashes.size} runs, {options.out.stat().st_size / 1e6:.2f} MB")


def runs(tune: Tune) -> Hashes:
    """Hash the runs of one tune."""
    notes = [event for event in tune.events if event.token != REST]
    pitches = np.array([note.token for note in notes])
    return run_hashes(pitches, np.array([note.onset for note in notes]))


if __name__ == "__main__":
    main()
