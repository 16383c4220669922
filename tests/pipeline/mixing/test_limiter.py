import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import resample_poly

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.limiter import (
    GROUP,
    apply_gain,
    gain_curve,
    inter_sample_peaks,
    true_peak_dbtp,
)


def limited(audio: np.ndarray, ceiling: float) -> np.ndarray:
    result = audio.copy()
    apply_gain(result, gain_curve(inter_sample_peaks(result, 0.2 * ceiling), ceiling), 1.0)
    return result


def oversampled_peak(audio: np.ndarray) -> float:
    return float(np.abs(resample_poly(audio, 16, 1, axis=1)).max())


def test_the_peak_between_samples_is_found():
    """A sine at a quarter of the rate whose samples all miss its crests by 45 degrees."""
    t = np.arange(SAMPLE_RATE)
    sine = np.sin(np.pi / 2 * t + np.pi / 4).astype(np.float32)
    audio = np.stack([sine, sine])
    assert np.abs(audio).max() == pytest.approx(2**-0.5, abs=1e-4)
    assert true_peak_dbtp(audio * np.hanning(t.size).astype(np.float32)) == pytest.approx(
        0.0, abs=0.05
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32), st.floats(0.5, 30), st.floats(0.3, 0.95))
def test_nothing_rises_over_the_ceiling_not_even_between_samples(seed, drive, ceiling):
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((2, 20_000)).astype(np.float32)
    noise *= np.float32(drive) * (rng.random((1, 20_000)) > 0.7)
    assert oversampled_peak(limited(noise, ceiling)[:, 200:-200]) <= ceiling * 10 ** (0.2 / 20)


def test_what_is_under_the_ceiling_is_left_alone():
    rng = np.random.default_rng(1)
    quiet = (0.05 * rng.standard_normal((2, 30_001))).astype(np.float32)
    assert limited(quiet, 0.9).tobytes() == quiet.tobytes()


def test_the_gain_is_down_before_the_peak_and_recovers_after_it():
    peaks = np.full(4000, 0.1, np.float32)
    peaks[2000] = 2.0
    curve = gain_curve(peaks, 1.0)
    assert curve[2000] == pytest.approx(0.5, abs=1e-3)
    assert curve[1990] < 0.9
    assert curve[1900] == 1.0
    assert np.all(np.diff(curve[2020:]) >= -1e-6)
    assert curve[2000 + SAMPLE_RATE // GROUP // 5] > 0.85


def test_silence_has_a_reading():
    assert true_peak_dbtp(np.zeros((2, 100), np.float32)) == -120.0
