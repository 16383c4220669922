from dataclasses import fields
from importlib.resources import files

import numpy as np
import pytest

from backend.pipeline.generation.neural.network import OFFSETS, MelodyNetwork
from backend.pipeline.generation.neural.vocabulary import (
    HARMONY_SIZE,
    NO_DURATION,
    REST,
    SLOT_NAMES,
    SLOTS,
)


@pytest.fixture(scope="module")
def network() -> MelodyNetwork:
    return MelodyNetwork.load()


def features(count: int) -> np.ndarray:
    sizes = np.array([slot.size for slot in SLOTS])
    return np.random.default_rng(5).integers(0, sizes, (count, len(SLOTS)))


def test_weights_fit_the_vocabulary_and_are_small(network: MelodyNetwork) -> None:
    assert len(SLOTS) == len(SLOT_NAMES)
    assert network.tables.shape == (sum(slot.size for slot in SLOTS), network.hidden)
    assert network.harmony.shape == (HARMONY_SIZE, network.hidden)
    assert network.duration_out.shape[1] == NO_DURATION
    assert network.pitch_out.shape[1] == REST + 1
    assert all(getattr(network, field.name).dtype == np.float32 for field in fields(network))
    stored = files("backend.pipeline.generation.neural").joinpath("weights.npz").read_bytes()
    assert len(stored) < 3_000_000


def test_the_recurrent_layer_is_a_gru(network: MelodyNetwork) -> None:
    """Against the equations of the paper, written out with columns and float64."""
    rows, h = features(1), network.hidden
    memory = np.random.default_rng(6).normal(size=(1, h)).astype(np.float32) / 4
    x = np.maximum(network.tables[rows[0] + OFFSETS].sum(axis=0) + network.entry_bias, 0)
    w, u = network.recurrent_in.astype(float), network.recurrent_memory.astype(float)
    gates = x @ w + network.recurrent_in_bias, memory[0] @ u + network.recurrent_memory_bias
    r, z = (1 / (1 + np.exp(-(gates[0][s] + gates[1][s]))) for s in (slice(h), slice(h, 2 * h)))
    n = np.tanh(gates[0][2 * h :] + r * gates[1][2 * h :])
    expected = (1 - z) * n + z * memory[0]
    silence = np.zeros((1, HARMONY_SIZE), dtype=np.float32)
    advanced, state = network.advance(rows, silence, memory)
    assert advanced[0] == pytest.approx(expected, abs=1e-4)
    assert state.shape == (1, 2 * h)


def test_lines_do_not_disturb_each_other(network: MelodyNetwork) -> None:
    rows = features(6)
    harmony = np.eye(6, HARMONY_SIZE, dtype=np.float32)
    memory = np.zeros((6, network.hidden), dtype=np.float32)
    _, together = network.advance(rows, harmony, memory)
    for line in range(6):
        _, alone = network.advance(rows[[line]], harmony[[line]], memory[[line]])
        assert together[line] == pytest.approx(alone[0], abs=1e-4)


def test_the_duration_changes_the_pitch(network: MelodyNetwork) -> None:
    memory = np.zeros((1, network.hidden), dtype=np.float32)
    _, state = network.advance(features(1), np.zeros((1, HARMONY_SIZE), np.float32), memory)
    short, long = (network.pitches(state, np.array([index])) for index in (2, 13))
    assert np.abs(short - long).max() > 0.1
