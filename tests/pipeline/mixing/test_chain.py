"""Filters, saturation and compression, held against what textbooks say they do."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import freqz_sos, sosfilt

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.chain import Chain
from backend.pipeline.mixing.dynamics import compressor
from backend.pipeline.mixing.filters import (
    Section,
    bell,
    cascade_of,
    high_pass,
    high_shelf,
    low_shelf,
)

SECONDS = 2


def _noise() -> NDArray[np.float32]:
    rng = np.random.Generator(np.random.PCG64(5))
    return rng.standard_normal((2, SECONDS * SAMPLE_RATE), dtype=np.float32) * np.float32(0.1)


def _sine(hz: float, peak: float) -> NDArray[np.float32]:
    t = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    return np.tile(peak * np.sin(2 * np.pi * hz * t), (2, 1)).astype(np.float32)


def _through(chain: Chain, audio: NDArray[np.float32]) -> NDArray[np.float32]:
    out = np.empty_like(audio)
    chain.process(audio, out)
    return out


def _gain_db(section: Section, hz: float) -> float:
    sos = np.insert(np.array([section]), 3, 1.0, axis=1)
    _, response = freqz_sos(sos, worN=[hz], fs=SAMPLE_RATE)
    return 20 * math.log10(abs(response[0]))


@pytest.mark.parametrize(
    ("section", "hz", "decibels"),
    [
        (high_pass(100), 100, -3.01),
        (high_pass(100), 25, -12.3),
        (bell(1000, 4.0, 1.0), 1000, 4.0),
        (bell(1000, -6.0, 1.0), 1000, -6.0),
        (bell(1000, 4.0, 1.0), 30, 0.0),
        (low_shelf(200, 5.0, 0.7), 20, 5.0),
        (low_shelf(200, 5.0, 0.7), 8000, 0.0),
        (high_shelf(8000, -3.0, 0.7), 50, 0.0),
        (high_shelf(4000, -3.0, 0.7), 20_000, -3.0),
    ],
)
def test_a_filter_has_its_gain_where_it_should(
    section: Section, hz: float, decibels: float
) -> None:
    assert _gain_db(section, hz) == pytest.approx(decibels, abs=0.05)


def test_filters_in_a_row_do_what_scipy_does_with_them() -> None:
    cascade = cascade_of([high_pass(80), bell(300, -3, 1.0), high_shelf(8000, 2, 0.7)])
    audio = _noise()
    expected = 0.5 * sosfilt(np.insert(cascade, 3, 1.0, axis=1), audio.astype(np.float64), axis=1)
    assert np.abs(_through(Chain(0.5, cascade), audio) - expected).max() < 1e-6


def test_blocks_of_any_length_give_the_same_sound() -> None:
    def chain() -> Chain:
        return Chain(2.0, cascade_of([high_pass(80)]), 3.0, -2.0, compressor(-20, 4, 10, 100))

    audio = _noise()
    whole, parts, pieces = _through(chain(), audio), np.empty_like(audio), chain()
    for start, stop in [(0, 1000), (1000, 1001), (1001, 40_000), (40_000, audio.shape[1])]:
        pieces.process(audio[:, start:stop], parts[:, start:stop])
    assert np.array_equal(whole, parts)


@pytest.mark.parametrize(("over_db", "ratio"), [(6.0, 2.0), (12.0, 4.0), (20.0, 4.0)])
def test_a_compressor_lets_a_share_of_what_is_over_its_threshold_pass(
    over_db: float, ratio: float
) -> None:
    """A square wave's peak is its level, so the detector stands still on it."""
    peak = np.float32(10 ** ((-30 + over_db) / 20))
    audio = np.sign(_sine(441, 1.0)) * peak
    out = _through(Chain(1.0, compressor=compressor(-30, ratio, 1, 2000)), audio)
    change = 20 * math.log10(float(np.abs(out[:, SAMPLE_RATE:]).max() / peak))
    assert change == pytest.approx(-over_db * (1 - 1 / ratio), abs=0.05)


def test_what_is_under_the_threshold_is_left_alone() -> None:
    audio = _sine(200, 0.05)
    assert np.array_equal(_through(Chain(1.0, compressor=compressor(-20, 8, 5, 100)), audio), audio)


def test_saturation_is_a_hyperbolic_tangent() -> None:
    audio = _sine(100, 0.9)
    out = _through(Chain(1.0, drive_db=6.0, makeup_db=-3.0), audio)
    expected = 10 ** (-3 / 20) * np.tanh(10 ** (6 / 20) * audio.astype(np.float64))
    assert np.abs(out - expected).max() < 1e-6
