"""What it costs to keep tracks as they were rendered, and what that saves a remix.

Run: ``python -m benchmarks.rendered [--seconds 180] [--genre pop]``. Prints megabytes as rendered
and packed, and processor seconds to render, to pack and to unpack. Ratios hold on a busy machine,
too.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np

from backend.launch.sound_bank import find_sound_bank
from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import SongRequest, StageName, Stems
from backend.pipeline.formats.rendered import pack, unpack
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext, in_memory
from backend.pipeline.rendering import render

MEGABYTE = 1e6

T = TypeVar("T")


def main() -> None:
    """Measure one song."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=180.0)
    parser.add_argument("--genre", default="pop")
    arguments = parser.parse_args()
    play = _player(arguments.genre, arguments.seconds)
    play()  # voices are compiled and the bank is read
    stems, rendering = _timed(play)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem in stems.stems:
            np.save(folder / f"{stem.track_id}.npy", stem.audio)
        sources = sorted(folder.glob("*.npy"))
        exact, packing = _timed(lambda: [_packed(one) for one in sources])
        packed = sorted(folder.glob("*.flac"))
        _, unpacking = _timed(lambda: [unpack(one, one.stem, in_memory) for one in packed])
        raw, small = (sum(one.stat().st_size for one in files) for files in (sources, packed))
    print(f"{len(sources)} tracks of {arguments.seconds:g} s, {sum(exact)} packed without loss")
    print(f"as rendered {raw / MEGABYTE:7.0f} MB   packed {small / MEGABYTE:.0f} MB", end="")
    print(f"   ratio {raw / small:.1f}")
    print("processor seconds:")
    print(f"  render {rendering:.2f}   pack {packing:.2f}", end="")
    print(f"   unpack {unpacking:.2f}   a remix saves {rendering - unpacking:.2f}")


def _packed(source: Path) -> bool:
    with source.with_suffix(".flac").open("wb") as target:
        return pack(source, target)


def _player(genre: str, seconds: float) -> Callable[[], Stems]:
    request = SongRequest(prompt="benchmark", seed=7, genre=genre, duration_seconds=seconds)
    song = plan(request, _context(StageName.PLANNING))
    composition = generate(song, _context(StageName.GENERATION))
    arrangement = arrange(song, composition, _context(StageName.ARRANGEMENT))
    bank = find_sound_bank(None, Path(".data"))
    return lambda: render(song, arrangement, bank, _context(StageName.RENDERING))


def _context(stage: StageName) -> StageContext:
    return StageContext(7, stage)


def _timed(action: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = action()
    return result, time.process_time() - start


if __name__ == "__main__":
    main()
