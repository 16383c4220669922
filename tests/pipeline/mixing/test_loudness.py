"""Signals and expected readings of EBU Tech 3341 and 3342 (sines at 1 kHz on both channels)."""

import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.loudness import (
    SILENCE_LUFS,
    integrated_lufs,
    k_weighted_energies,
    loudness_curve_lufs,
    loudness_range_lu,
)


def tone(*parts: tuple[float, float], hz: float = 1000.0) -> np.ndarray:
    """Return a stereo sine; parts are (dBFS, seconds)."""
    level = np.concatenate(
        [np.full(round(seconds * SAMPLE_RATE), 10 ** (dbfs / 20)) for dbfs, seconds in parts]
    )
    sine = level * np.sin(2 * np.pi * hz * np.arange(level.size) / SAMPLE_RATE)
    return np.stack([sine, sine]).astype(np.float32)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(-23, 20)], -23.0),
        ([(-33, 20)], -33.0),
        ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
)
def test_programme_loudness_reads_as_the_ebu_expects(parts, expected):
    assert integrated_lufs(k_weighted_energies(tone(*parts))) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(-20, 20), (-30, 20)], 10.0),
        ([(-20, 20), (-15, 20)], 5.0),
        ([(-40, 20), (-20, 20)], 20.0),
        ([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15.0),
    ],
)
def test_loudness_range_reads_as_the_ebu_expects(parts, expected):
    assert loudness_range_lu(k_weighted_energies(tone(*parts))) == pytest.approx(expected, abs=1.0)


def test_the_weighting_lifts_highs_and_drops_lows():
    middle, high, low = (
        integrated_lufs(k_weighted_energies(tone((-23, 3), hz=hz))) for hz in (1000, 6000, 40)
    )
    assert high - middle == pytest.approx(3.3, abs=0.4)
    assert low - middle < -4


def test_silence_and_very_short_sounds_have_a_reading():
    for frames in (0, 1000, 100_000):
        energies = k_weighted_energies(np.zeros((2, frames), np.float32))
        assert integrated_lufs(energies) == SILENCE_LUFS
        assert loudness_range_lu(energies) == 0.0


def test_the_curve_shows_the_loudness_second_by_second():
    curve = loudness_curve_lufs(k_weighted_energies(tone((-20, 6), (-30, 6))))
    assert len(curve) == 10
    assert curve[:4] == pytest.approx([-20] * 4, abs=0.2)
    assert curve[6:] == pytest.approx([-30] * 4, abs=0.2)
    assert (np.diff(curve[3:7]) < 0).all()
    short = loudness_curve_lufs(k_weighted_energies(tone((-20, 1))))
    assert short == pytest.approx([-20], abs=0.3)
    assert loudness_curve_lufs(k_weighted_energies(np.zeros((2, 10), np.float32))).size == 0
