"""Train the melody model on one CPU; the best average of the weights is written.

Usage: python -m training.train --data FOLDER --out FILE.pt [--minutes 30]
"""

import argparse
import math
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.batches import Batch, epoch
from training.encode import Encoded, load
from training.measure import Surprise, measure
from training.network import MelodyNet

SEED = 909
HIDDEN = 256
DROPOUT = 0.3
BATCH = 48
LEARNING_RATE = 4e-3
WARM_UP_STEPS = 80
AVERAGE = 0.996
"""Decay of the running average of the weights, per step."""
WEIGHT_DECAY = 0.02
REPORT_EVERY = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)
    tunes = list(load(options.data / "melodies.npz", "train"))
    check = list(load(options.data / "melodies.npz", "validation"))[::2]
    net = MelodyNet(HIDDEN, DROPOUT)
    if options.start is not None:
        net.load_state_dict(torch.load(options.start, weights_only=True))
    print(f"{sum(p.numel() for p in net.parameters())} weights, {len(tunes)} tunes", flush=True)
    train(net, tunes, check, options)


def train(
    net: MelodyNet, tunes: Sequence[Encoded], check: Sequence[Encoded], options: argparse.Namespace
) -> None:
    """Follow a cosine of the learning rate over the given minutes, then stop."""
    keeper = Keeper(net, check, options.out)
    optimiser = torch.optim.AdamW(
        net.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY, betas=(0.9, 0.98)
    )
    draw = np.random.default_rng(SEED)
    clock, steps, events = time.monotonic(), 0, 0
    while True:
        for batch in epoch(tunes, BATCH, draw):
            spent = (time.monotonic() - clock) / (60 * options.minutes)
            if spent >= 1 or steps % REPORT_EVERY == REPORT_EVERY - 1:
                keeper.check(f"{spent:4.0%} step {steps} {events} events")
            if spent >= 1:
                return
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(steps, spent)
            step(net, optimiser, batch)
            keeper.average.update_parameters(net)
            steps, events = steps + 1, events + int(batch.mask.sum())


class Keeper:
    """Averages the weights and keeps the average that surprises the validation tunes least."""

    def __init__(self, net: MelodyNet, tunes: Sequence[Encoded], out: Path) -> None:
        self.average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE))
        pop = [tune for tune in tunes if tune.source == "pop909"]
        folk = [tune for tune in tunes if tune.source != "pop909"]
        self._kinds = {kind: some for kind, some in (("pop", pop), ("folk", folk)) if some}
        self._out = out
        self._best = math.inf

    def check(self, words: str) -> None:
        """Measure the average; save it when it is the best so far."""
        found = {kind: measure(self.average.module, some) for kind, some in self._kinds.items()}
        mean = sum(surprise.mean for surprise in found.values()) / len(found)
        is_best = mean < self._best
        if is_best:
            self._best = mean
            torch.save(self.average.module.state_dict(), self._out)
        figures = " | ".join(f"{kind} {surprise}" for kind, surprise in found.items())
        print(f"{words} | {figures}{' *' if is_best else ''}", flush=True)


def learning_rate(step: int, spent: float) -> float:
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return LEARNING_RATE * warm * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * spent)))


def step(net: MelodyNet, optimiser: torch.optim.Optimizer, batch: Batch) -> None:
    surprise = Surprise.of(net(batch.features, batch.harmony, batch.targets[..., 0]), batch)
    optimiser.zero_grad()
    ((surprise.duration + surprise.pitch) / surprise.events).backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()


if __name__ == "__main__":
    main()
