"""Surprise of the network at tunes: negative log-likelihood in nats per event."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from backend.pipeline.generation.neural.vocabulary import (
    SLOT_NAMES,
    UNKNOWN_BREATH,
    UNKNOWN_DENSITY,
)
from training.batches import Batch, stack
from training.encode import Encoded
from training.network import MelodyNet

TOGETHER = 48


@dataclass(frozen=True, slots=True)
class Surprise:
    """Sums over events; prints as means."""

    duration: Tensor
    pitch: Tensor
    correct: Tensor
    events: Tensor

    @classmethod
    def of(cls, scores: tuple[Tensor, Tensor], batch: Batch) -> "Surprise":
        """Sum the surprise at the events of a batch."""
        durations, pitches = scores
        return cls(
            (_nats(durations, batch.targets[..., 0]) * batch.mask).sum(),
            (_nats(pitches, batch.targets[..., 1]) * batch.mask).sum(),
            ((pitches.argmax(dim=-1) == batch.targets[..., 1]) * batch.mask).sum(),
            batch.mask.sum(),
        )

    @property
    def mean(self) -> float:
        """Nats per event of durations and pitches together."""
        return float((self.duration + self.pitch) / self.events)

    def __add__(self, other: "Surprise") -> "Surprise":
        return Surprise(
            self.duration + other.duration,
            self.pitch + other.pitch,
            self.correct + other.correct,
            self.events + other.events,
        )

    def __str__(self) -> str:
        duration, pitch, correct = (
            float(value / self.events) for value in (self.duration, self.pitch, self.correct)
        )
        return f"duration {duration:.3f} pitch {pitch:.3f} (accuracy {correct:.2f})"


def _nats(scores: Tensor, targets: Tensor) -> Tensor:
    return functional.cross_entropy(scores.transpose(1, 2), targets, reduction="none")


@torch.no_grad()
def measure(
    net: MelodyNet, tunes: Sequence[Encoded], *, density: bool = True, breath: bool = False
) -> Surprise:
    """Measure whole tunes.

    Parameters
    ----------
    density, breath : bool
        Whether the model is told the class of notes per bar, and the bars with a breath.
    """
    was_training = net.training
    net.eval()
    ordered = sorted(tunes, key=lambda tune: len(tune.targets))
    total = Surprise(*[torch.zeros(())] * 4)
    for start in range(0, len(ordered), TOGETHER):
        batch = stack(
            [(tune, slice(0, len(tune.targets))) for tune in ordered[start : start + TOGETHER]]
        )
        if not density:
            batch.features[..., SLOT_NAMES.index("density")] = UNKNOWN_DENSITY
        if not breath:
            batch.features[..., SLOT_NAMES.index("breath")] = UNKNOWN_BREATH
        total += Surprise.of(net(batch.features, batch.harmony, batch.targets[..., 0]), batch)
    net.train(was_training)
    return total
