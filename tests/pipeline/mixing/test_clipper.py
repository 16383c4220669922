import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.clipper import KNEE, shave

FRAMES = 1 << 16


def sine(hertz: float, level: float = 1.0, frames: int = 2 * FRAMES) -> np.ndarray:
    """A sine and a cosine that come round in 65536 frames."""
    cycles = round(hertz * FRAMES / SAMPLE_RATE)
    angle = 2 * np.pi * cycles * np.arange(frames) / FRAMES
    return (level * np.stack([np.sin(angle), np.cos(angle)])).astype(np.float32)


def partials_db(audio: np.ndarray) -> np.ndarray:
    """Spectrum of one period away from both ends, against its strongest partial."""
    spectrum = np.abs(np.fft.rfft(audio[FRAMES // 2 : 3 * FRAMES // 2].astype(np.float64)))
    return 20 * np.log10(spectrum / spectrum.max() + 1e-12)


@pytest.mark.parametrize("hertz", [1000, 5000, 7000])
def test_what_folds_back_into_the_music_is_not_heard(hertz):
    audio = sine(hertz)
    shave(audio, 0.5)
    spectrum = partials_db(audio[0])
    fundamental = int(spectrum.argmax())
    heard = np.arange(spectrum.size) * SAMPLE_RATE / FRAMES < 19_500
    odd = np.arange(fundamental, spectrum.size, 2 * fundamental)
    heard[odd] = False
    assert spectrum[heard].max() < -80
    assert -20 < spectrum[3 * fundamental] < -10  # a clipped wave has its third harmonic


def test_peaks_come_down_to_the_level_and_both_halves_alike():
    audio = sine(200)
    shave(audio, 0.5)
    whole = audio[:, FRAMES // 2 : 3 * FRAMES // 2]
    assert np.abs(whole).max() == pytest.approx(0.5, rel=0.02)
    assert whole.max() == pytest.approx(-whole.min(), abs=1e-4)
    assert np.abs(whole.mean(axis=1)).max() < 1e-5


def test_what_lies_under_the_knee_keeps_its_bits():
    audio = sine(440, level=0.97 * KNEE) * np.hanning(2 * FRAMES).astype(np.float32)
    audio[:, FRAMES] = 1.0
    before = audio.copy()
    shave(audio, 1.0)
    changed = np.flatnonzero((audio != before).any(axis=0))
    assert changed.size
    assert abs(changed - FRAMES).max() < 50


def test_it_bends_the_same_wherever_a_piece_ends():
    audio = sine(900, frames=20_000)
    later = np.concatenate([np.zeros((2, 1234), np.float32), audio], axis=1)
    shave(audio, 0.4)
    shave(later, 0.4)
    assert later[:, 1234:].tobytes() == audio.tobytes()


@pytest.mark.parametrize("frames", [0, 1, 30, 4096, 4097])
def test_any_length_can_be_shaved(frames):
    audio = np.full((2, frames), 2.0, np.float32)
    shave(audio, 1.0)
    assert np.isfinite(audio).all()
    assert np.abs(audio).max(initial=0.0) < 1.5
