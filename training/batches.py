"""Cut encoded tunes into crops and stack crops of like length."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from backend.pipeline.generation.neural.vocabulary import (
    LAGS_IN_BARS,
    NO_DURATION,
    NOTHING,
    SLOT_NAMES,
    UNKNOWN_BREATH,
    UNKNOWN_DENSITY,
)
from training.encode import Encoded

CROP = 128
SHORTEST_CROP = 16
POOL = 16
"""Batches that are sorted by length together."""
FOLK_SHARE = 0.6
"""Share of the folk crops in an epoch; pop is what most songs ask for."""
FORGET_LAG = 0.12
FORGET_RUN = 0.12
HIDE_DENSITY = 0.2
HIDE_BREATH = 0.5


class Batch(NamedTuple):
    """Crops side by side; ``mask`` is 1 where there is an event."""

    features: Tensor
    harmony: Tensor
    targets: Tensor
    mask: Tensor


Crop = tuple[Encoded, slice]


def stack(crops: Sequence[Crop]) -> Batch:
    """Stack crops, shorter ones padded with zeros."""
    longest = max(part.stop - part.start for _, part in crops)
    shape = (len(crops), longest)
    first = crops[0][0]
    features = np.zeros((*shape, first.features.shape[1]), dtype=np.int64)
    harmony = np.zeros((*shape, first.harmony.shape[1]), dtype=np.float32)
    targets = np.zeros((*shape, 2), dtype=np.int64)
    mask = np.zeros(shape, dtype=np.float32)
    for row, (tune, part) in enumerate(crops):
        length = part.stop - part.start
        features[row, :length] = tune.features[part]
        harmony[row, :length] = tune.harmony[part]
        targets[row, :length] = tune.targets[part]
        mask[row, :length] = 1
    return Batch(*map(torch.from_numpy, (features, harmony, targets, mask)))


def epoch(tunes: Sequence[Encoded], size: int, draw: np.random.Generator) -> Iterator[Batch]:
    """Go once through the training tunes in random crops and order."""
    crops = [crop for tune in tunes for crop in _crops(tune, draw)]
    order = draw.permutation(len(crops))
    for pool in range(0, len(crops), size * POOL):
        chosen = [crops[i] for i in order[pool : pool + size * POOL]]
        chosen.sort(key=lambda crop: crop[1].stop - crop[1].start)
        groups = [chosen[i : i + size] for i in range(0, len(chosen), size)]
        for index in draw.permutation(len(groups)):
            batch = stack(groups[index])
            forget(batch.features, draw)
            yield batch


def _crops(tune: Encoded, draw: np.random.Generator) -> Iterator[Crop]:
    length = len(tune.targets)
    offset = int(draw.integers(0, CROP)) if length > CROP else 0
    cuts = sorted({0, *range(offset, length, CROP), length})
    for start, end in pairwise(cuts):
        is_kept = tune.source == "pop909" or draw.random() < FOLK_SHARE
        if end - start >= SHORTEST_CROP and is_kept:
            yield tune, slice(start, end)


def forget(features: Tensor, draw: np.random.Generator) -> None:
    """Hide parts of the past and of the wishes, so that the model can do without them."""
    tunes = features.shape[0]
    for lag in LAGS_IN_BARS:
        rows = _some(draw, tunes, FORGET_LAG)
        for name in (f"pitch_heard_{lag}", f"pitch_next_{lag}"):
            features[rows, :, SLOT_NAMES.index(name)] = NOTHING
        features[rows, :, SLOT_NAMES.index(f"duration_heard_{lag}")] = NO_DURATION
    for run in ("melody_run", "rhythm_run"):
        rows = _some(draw, tunes, FORGET_RUN)
        features[rows, :, SLOT_NAMES.index(f"pitch_{run}")] = NOTHING
        features[rows, :, SLOT_NAMES.index(f"duration_{run}")] = NO_DURATION
        features[rows, :, SLOT_NAMES.index(run)] = 0
    hidden = _some(draw, tunes, HIDE_DENSITY)
    features[hidden, :, SLOT_NAMES.index("density")] = UNKNOWN_DENSITY
    hidden = _some(draw, tunes, HIDE_BREATH)
    features[hidden, :, SLOT_NAMES.index("breath")] = UNKNOWN_BREATH


def _some(draw: np.random.Generator, count: int, share: float) -> Tensor:
    return torch.from_numpy(np.flatnonzero(draw.random(count) < share))
