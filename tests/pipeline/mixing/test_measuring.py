import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.loudness import stereo_and_mono_energies
from backend.pipeline.mixing.measuring.faults import measure_faults
from backend.pipeline.mixing.measuring.key import key_name, measure_key
from backend.pipeline.mixing.measuring.stereo import Stereo, measure_stereo
from backend.pipeline.mixing.measuring.tempo import measure_tempo_bpm
from tests.pipeline.mixing.sounds import AEOLIAN, DORIAN, MAJOR, MINOR, clicks, scale


@pytest.mark.parametrize("bpm", [72, 90.5, 120, 127.3, 174])
def test_the_tempo_of_clicks_is_found_to_a_tenth_or_its_octave(bpm):
    measured = measure_tempo_bpm(clicks(bpm))
    assert measured is not None
    octave = 2.0 ** round(np.log2(measured / bpm))
    assert measured / octave == pytest.approx(bpm, abs=0.15)
    assert octave in {0.5, 1.0, 2.0}


def test_silence_and_scraps_have_neither_tempo_nor_key():
    for frames in (0, 1000, SAMPLE_RATE * 10):
        silent = np.zeros((2, frames), np.float32)
        assert measure_tempo_bpm(silent) is None
        assert measure_key([silent]) is None


@pytest.mark.parametrize("tonic", [0, 3, 6, 10])
@pytest.mark.parametrize(
    ("mode", "steps"), [("major", MAJOR), ("minor", MINOR), ("dorian", DORIAN)]
)
def test_the_key_of_a_cadence_is_found(tonic, mode, steps):
    assert measure_key([scale(tonic, steps)]) == (tonic, mode)


def bright(audio: np.ndarray, tonic: int, steps: tuple[int, ...]) -> np.ndarray:
    """Add the third and the fifth partial of every tone."""
    twelfth, seventeenth = scale(tonic + 19, steps), scale(tonic + 28, steps)
    return audio + 0.5 * twelfth + 0.35 * seventeenth


@pytest.mark.parametrize("tonic", [1, 6, 11])
def test_partials_do_not_raise_the_sixth_of_a_minor_key(tonic):
    assert measure_key([bright(scale(tonic, AEOLIAN), tonic, AEOLIAN)]) == (tonic, "minor")


@pytest.mark.parametrize(("step", "steps", "mode"), [(1, AEOLIAN, "minor"), (2, MAJOR, "major")])
def test_a_song_that_steps_up_has_the_key_of_its_beginning(step, steps, mode):
    parts = [scale(4, steps)] * 3 + [scale(4 + step, steps)] * 2
    assert measure_key([np.concatenate(parts, axis=1)]) == (4, mode)


def test_keys_are_spelt_as_musicians_do():
    assert [key_name(10, "major"), key_name(6, "minor")] == ["Bb major", "F# minor"]


def test_faults_are_counted():
    audio = (0.3 * clicks(120, 6.0)).clip(-0.9, 0.9)
    audio[:, : SAMPLE_RATE // 2] = 0
    audio[:, 2 * SAMPLE_RATE : 4 * SAMPLE_RATE] = 0
    audio[0, 60_000:60_005] = 1.0
    audio[1, 70_000:70_002] = -1.0
    faults = measure_faults(audio)
    assert faults.lead_in_seconds == pytest.approx(0.5, abs=0.03)
    assert faults.longest_silence_seconds == pytest.approx(2.0, abs=0.3)
    assert faults.clipped_runs == 1
    assert faults.tail_dbfs < 0


def noise(seconds: float = 2.0) -> np.ndarray:
    """Return two channels that share nothing."""
    rng = np.random.default_rng(5)
    return (0.1 * rng.standard_normal((2, round(seconds * SAMPLE_RATE)))).astype(np.float32)


def test_a_whole_song_has_no_faults():
    audio = noise() * np.linspace(1, 0, 2 * SAMPLE_RATE, dtype=np.float32) ** 2
    faults = measure_faults(audio)
    assert (faults.lead_in_seconds, faults.longest_silence_seconds, faults.clipped_runs) == (
        0,
        0,
        0,
    )
    assert faults.tail_dbfs < -80
    assert faults.dc_offset < 1e-3


def test_the_tail_is_the_very_end_and_the_offset_that_of_the_worse_channel():
    audio = np.zeros((2, SAMPLE_RATE + 5), np.float32)
    audio[0, -1] = -0.1
    audio[1] += np.float32(-0.002)
    faults = measure_faults(audio)
    assert faults.tail_dbfs == pytest.approx(-20, abs=0.01)
    assert faults.dc_offset == pytest.approx(0.002, abs=1e-6)


@pytest.mark.parametrize("frames", [0, 100])
def test_next_to_nothing_is_measured_as_well(frames):
    faults = measure_faults(np.zeros((2, frames), np.float32))
    assert (faults.lead_in_seconds, faults.tail_dbfs, faults.dc_offset) == (0, -120, 0)


def sides(audio: np.ndarray) -> Stereo:
    stereo = measure_stereo(audio, *stereo_and_mono_energies(audio))
    assert stereo is not None
    return stereo


@pytest.mark.parametrize(
    ("left", "right", "correlation", "loss_lu"),
    [
        ((1, 0), (1, 0), 1.0, 0.0),
        ((1, 0), (0, 1), 0.0, 3.01),
        ((1, 0), (0, 0), 0.0, 3.01),
        ((0, 0), (0, 1), 0.0, 3.01),
        ((1, 0), (0.6, 0.8), 0.6, 0.97),
        ((1, 0), (-0.6, 0.8), -0.6, 6.99),
        ((1, 0), (0.5, 0), 1.0, 0.46),
    ],
)
def test_how_two_sides_go_together(left, right, correlation, loss_lu):
    stereo = sides(np.array([left, right], np.float32) @ noise(5.0))
    assert stereo.correlation == pytest.approx(correlation, abs=0.01)
    assert stereo.mono_loss_lu == pytest.approx(loss_lu, abs=0.06)


def test_opposite_sides_leave_nothing_in_mono():
    stereo = sides(noise()[:1] * np.array([[1], [-1]], np.float32))
    assert stereo.correlation == pytest.approx(-1)
    assert stereo.mono_loss_lu > 40


def test_an_offset_is_not_taken_for_correlation():
    assert abs(sides(noise() + np.float32(0.5)).correlation) < 0.01


@pytest.mark.parametrize("frames", [0, 1000, SAMPLE_RATE])
def test_silence_has_no_sides(frames):
    silent = np.zeros((2, frames), np.float32)
    assert measure_stereo(silent, *stereo_and_mono_energies(silent)) is None
