"""The artifacts of finished stages, read back from their files."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
import orjson

from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    Done,
    SongPlan,
    SoundBank,
    StageName,
    Stem,
    Stems,
)
from backend.pipeline.formats import json_artifacts, rendered
from backend.pipeline.progress import Allocate, in_memory

THREADS = 2

Symbolic = TypeVar("Symbolic", SongPlan, Composition, Arrangement)


def load_done(done: dict[StageName, dict[str, Path]], allocate: Allocate = in_memory) -> Done:
    """Return the artifacts.

    Parameters
    ----------
    done : dict
        Paths by artifact name, of every finished stage.
    allocate : callable
        Gives room for tracks that have been packed.
    """
    files = {name: path for stage in done.values() for name, path in stage.items()}
    return Done(
        plan=_read(SongPlan, files.get("plan.json")),
        composition=_read(Composition, files.get("composition.json")),
        arrangement=_read(Arrangement, files.get("arrangement.json")),
        stems=_read_stems(files, allocate) if StageName.RENDERING in done else None,
    )


def _read(kind: type[Symbolic], path: Path | None) -> Symbolic | None:
    return None if path is None else json_artifacts.load(kind, path.read_bytes())


def _read_stems(files: dict[str, Path], allocate: Allocate) -> Stems:
    index = orjson.loads(files["stems.json"].read_bytes())

    def read(track_id: str) -> Stem:
        packed = files.get(f"rendered/{track_id}.flac")
        if packed is not None:
            return Stem(track_id, rendered.unpack(packed, f"rendered-{track_id}", allocate))
        return Stem(track_id, np.load(files[f"rendered/{track_id}.npy"], mmap_mode="r"))

    with ThreadPoolExecutor(THREADS) as threads:
        return Stems(
            stems=tuple(threads.map(read, index["tracks"])),
            bank=SoundBank(**index["bank"]),
            fallbacks=tuple(index["fallbacks"]),
        )
