"""The artifacts of finished stages, read back from their files."""

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
from backend.pipeline.formats import json_artifacts

Symbolic = TypeVar("Symbolic", SongPlan, Composition, Arrangement)


def load_done(done: dict[StageName, dict[str, Path]]) -> Done:
    """Return the artifacts.

    Parameters
    ----------
    done : dict
        Paths by artifact name, of every finished stage.
    """
    files = {name: path for stage in done.values() for name, path in stage.items()}
    return Done(
        plan=_read(SongPlan, files.get("plan.json")),
        composition=_read(Composition, files.get("composition.json")),
        arrangement=_read(Arrangement, files.get("arrangement.json")),
        stems=_read_stems(files) if StageName.RENDERING in done else None,
    )


def _read(kind: type[Symbolic], path: Path | None) -> Symbolic | None:
    return None if path is None else json_artifacts.load(kind, path.read_bytes())


def _read_stems(files: dict[str, Path]) -> Stems:
    index = orjson.loads(files["stems.json"].read_bytes())
    return Stems(
        stems=tuple(
            Stem(track_id, np.load(files[f"rendered/{track_id}.npy"], mmap_mode="r"))
            for track_id in index["tracks"]
        ),
        bank=SoundBank(**index["bank"]),
        fallbacks=tuple(index["fallbacks"]),
    )
