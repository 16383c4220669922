"""Settled tracks come back bit for bit; others are not packed at all."""

from pathlib import Path

import numpy as np
import pytest

from backend.pipeline.formats.rendered import pack, settle, unpack
from backend.pipeline.progress import in_memory

FRAMES = 300_000
"""More than one block."""


def noise(level: float) -> np.ndarray:
    draw = np.random.default_rng(1)
    return (level * draw.standard_normal((2, FRAMES))).astype(np.float32)


def packed(audio: np.ndarray, folder: Path) -> bool:
    np.save(folder / "track.npy", audio)
    with (folder / "track.flac").open("wb") as file:
        return pack(folder / "track.npy", file)


@pytest.mark.parametrize("level", [0.3, 1e-4, 1e-7, 0.0])
def test_a_settled_track_comes_back_bit_for_bit(tmp_path: Path, level: float) -> None:
    audio = noise(level)
    before = audio.copy()
    settle(audio)
    assert np.abs(audio - before).max() <= 2.0**-23
    assert packed(audio, tmp_path)
    back = unpack(tmp_path / "track.flac", "track", in_memory)
    assert back.tobytes() == audio.tobytes()


def test_settling_twice_is_the_same_as_once() -> None:
    audio = noise(0.5)
    settle(audio)
    once = audio.copy()
    settle(audio)
    assert audio.tobytes() == once.tobytes()


def test_packing_saves_most_of_the_room(tmp_path: Path) -> None:
    audio = np.zeros((2, FRAMES), np.float32)
    audio[:, ::2] = 0.25
    settle(audio)
    assert packed(audio, tmp_path)
    assert (tmp_path / "track.flac").stat().st_size < audio.nbytes / 4


@pytest.mark.parametrize("loudest", [2.0, -2.5])
def test_what_would_lose_something_is_not_packed(tmp_path: Path, loudest: float) -> None:
    assert not packed(noise(0.3), tmp_path)
    audio = noise(0.3)
    settle(audio)
    audio[1, -1] = loudest
    assert not packed(audio, tmp_path)
