"""Measure the shipped weights, in the product's own numpy, on tunes that were held out.

Usage: python -m training.evaluate --data FOLDER
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.generation.neural.network import MelodyNetwork
from backend.pipeline.generation.neural.vocabulary import (
    NO_DURATION,
    NOTHING,
    SLOT_NAMES,
    UNKNOWN_BREATH,
    UNKNOWN_DENSITY,
    FloatArray,
    IntArray,
)
from training.encode import Encoded, load

NO_RUNS = {
    "pitch_melody_run": NOTHING,
    "duration_melody_run": NO_DURATION,
    "melody_run": 0,
    "pitch_rhythm_run": NOTHING,
    "duration_rhythm_run": NO_DURATION,
    "rhythm_run": 0,
}
VIEWS = {
    "density": {"breath": UNKNOWN_BREATH},
    "nothing": {"breath": UNKNOWN_BREATH, "density": UNKNOWN_DENSITY},
    "density, breaths": {},
    "density, no runs": {"breath": UNKNOWN_BREATH} | NO_RUNS,
}
"""What the model is told of a planner's wishes (and of repeats), and what is hidden for that."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="test", choices=("validation", "test"))
    options = parser.parse_args()
    network = MelodyNetwork.load()
    tunes = list(load(options.data / "melodies.npz", options.split))
    print("Nats per event (note or rest), held-out tunes")
    print(
        f"{'set':14}{'told':18}{'tunes':>6}{'events':>8}{'duration':>10}{'pitch':>8}{'accuracy':>10}"
    )
    for source in sorted({tune.source for tune in tunes}):
        chosen = [tune for tune in tunes if tune.source == source]
        for told, hidden in VIEWS.items():
            rows = np.concatenate(list(surprises(network, chosen, hidden)))
            duration, pitch, correct = rows.mean(axis=0)
            print(
                f"{source:14}{told:18}{len(chosen):6}{len(rows):8}"
                f"{duration:10.3f}{pitch:8.3f}{correct:10.3f}"
            )


def surprises(
    network: MelodyNetwork, tunes: Sequence[Encoded], hidden: dict[str, int]
) -> Iterator[NDArray[np.float64]]:
    """Yield for each tune the nats of durations and of pitches, and whether the pitch was guessed.

    Yields
    ------
    ndarray
        Shape (events, 3).
    """
    for tune in tunes:
        features = tune.features.astype(np.int64)
        for name, value in hidden.items():
            features[:, SLOT_NAMES.index(name)] = value
        durations, pitches = tune.targets.astype(np.int64).T
        states = _states(network, features, tune.harmony.astype(np.float32))
        pitch_scores = network.pitches(states, durations)
        yield np.column_stack(
            [
                nats(network.durations(states), durations),
                nats(pitch_scores, pitches),
                pitch_scores.argmax(axis=1) == pitches,
            ]
        )


def _states(network: MelodyNetwork, features: IntArray, harmony: FloatArray) -> FloatArray:
    memory = np.zeros((1, network.hidden), dtype=np.float32)
    states = []
    for row in range(len(features)):
        memory, state = network.advance(features[row, None], harmony[row, None], memory)
        states.append(state)
    return np.concatenate(states)


def nats(scores: FloatArray, chosen: IntArray) -> NDArray[np.float64]:
    """Return the negative log-likelihood of each row's choice."""
    exact = scores.astype(np.float64)
    exact -= exact.max(axis=1, keepdims=True)
    likelihood: NDArray[np.float64] = (
        np.log(np.exp(exact).sum(axis=1)) - exact[np.arange(len(chosen)), chosen]
    )
    return likelihood


if __name__ == "__main__":
    main()
