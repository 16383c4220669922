"""Turn tunes into the arrays the network learns from, with the encoder of the product itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.generation.neural.history import History
from training.tunes import Tune

LINE = np.zeros(1, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One tune as the network sees it, one row per event."""

    source: str
    split: str
    features: NDArray[np.int16]
    """Shape (events, 27)."""
    harmony: NDArray[np.uint8]
    """Shape (events, 60)."""
    targets: NDArray[np.int16]
    """Shape (events, 2): duration index and pitch token."""


def encode(tune: Tune) -> Encoded:
    """Sing the tune to the product's encoder, event by event."""
    history = History(1, tune.conditions())
    history.time[0] = tune.events[0].onset
    features, harmony = [], []
    for event in tune.events:
        features.append(history.features(LINE)[0])
        harmony.append(history.harmony(LINE)[0])
        token, duration, length = np.array([[event.token], [event.duration], [event.length]])
        history.append(LINE, token, duration, length)
    targets = [(event.duration, event.token) for event in tune.events]
    return Encoded(
        tune.source,
        tune.split,
        np.array(features, dtype=np.int16),
        np.array(harmony, dtype=np.uint8),
        np.array(targets, dtype=np.int16),
    )


def save(tunes: Iterable[Encoded], path: Path) -> None:
    """Write encoded tunes to one compressed file."""
    rows = list(tunes)
    arrays: dict[str, Any] = {
        "source": np.array([row.source for row in rows]),
        "split": np.array([row.split for row in rows]),
        "ends": np.cumsum([len(row.targets) for row in rows]),
        "features": np.concatenate([row.features for row in rows]),
        "harmony": np.concatenate([row.harmony for row in rows]),
        "targets": np.concatenate([row.targets for row in rows]),
    }
    np.savez_compressed(path, **arrays)


def load(path: Path, split: str) -> Iterator[Encoded]:
    """Read the encoded tunes of one side of the split."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    starts = np.concatenate([[0], arrays["ends"][:-1]])
    for index, (start, end) in enumerate(zip(starts, arrays["ends"], strict=True)):
        if arrays["split"][index] == split:
            yield Encoded(
                str(arrays["source"][index]),
                split,
                arrays["features"][start:end],
                arrays["harmony"][start:end],
                arrays["targets"][start:end],
            )
