import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE, MixSettings
from backend.pipeline.mixing.drive import make_loud
from backend.pipeline.mixing.limiter import true_peak_dbtp
from backend.pipeline.mixing.loudness import (
    integrated_lufs,
    k_weighted_energies,
    loudness_range_lu,
)

SOFT_SECONDS, SECONDS = 8, 24
BEAT = 20_672
"""Frames, at 128 BPM."""


def club_track(sub: float, wobble: float) -> np.ndarray:
    """A soft passage of hats and chords, then a kick on each beat, a sub bass and both."""
    rng = np.random.default_rng(4)
    t = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    after = (np.arange(t.size) % BEAT) / SAMPLE_RATE
    kick = np.sin(2 * np.pi * (50 * after + 4 * (1 - np.exp(-after / 0.02)))) * np.exp(-after / 0.1)
    bass = np.sin(2 * np.pi * 44 * t) * (1 + wobble * np.sin(2 * np.pi * 2.1 * t))
    hats = rng.standard_normal((2, t.size)) * np.exp(-(after % (BEAT / 2 / SAMPLE_RATE)) / 0.03)
    chords = sum(np.sin(2 * np.pi * hertz * t) for hertz in (220, 277, 330, 440))
    drop = t >= SOFT_SECONDS
    loud = drop * (0.5 * kick + sub * bass)
    music = (0.15 + 0.85 * drop) * (0.06 * hats + 0.035 * chords)
    return (0.4 * (loud + music)).astype(np.float32)


def lufs(audio: np.ndarray) -> float:
    return integrated_lufs(k_weighted_energies(audio))


def drive_db(before: np.ndarray, after: np.ndarray) -> float:
    """How much the soft passage, which nothing limits, was lifted."""
    passage = slice(SAMPLE_RATE, 2 * SAMPLE_RATE)
    return 20 * float(np.log10(np.ptp(after[:, passage]) / np.ptp(before[:, passage])))


@pytest.mark.parametrize(("sub", "wobble"), [(0.3, 0.0), (0.35, 0.6)], ids=["techno", "dubstep"])
def test_a_sub_bass_does_not_cost_a_loud_master_its_dynamics(sub, wobble):
    track = club_track(sub, wobble)
    master = track.copy()
    make_loud(master, MixSettings(-9.0))
    assert lufs(master) == pytest.approx(-9, abs=0.3)
    assert true_peak_dbtp(master) <= -1.0
    assert drive_db(track, master) < -9 - lufs(track) + 8.01
    before, after = (loudness_range_lu(k_weighted_energies(audio)) for audio in (track, master))
    assert after > before / 2


def plucked(decay_seconds: float) -> np.ndarray:
    """Short strokes and nothing else, as of a kalimba: each a click and a ringing tone."""
    t = np.arange(12 * SAMPLE_RATE) / SAMPLE_RATE
    number, after = (t * 1.5).astype(int), t % (1 / 1.5)
    pitch = np.array([523, 659, 784, 1047, 880])[number % 5]
    ring = np.sin(2 * np.pi * pitch * t) * np.exp(-after / decay_seconds)
    click = 1.5 * np.sin(10 * np.pi * pitch * t) * np.exp(-after / 0.004)
    tone = 0.2 * np.array([1, 0.4, 0.6, 0.3])[number % 4] * (ring + click)
    return np.stack([tone, tone]).astype(np.float32)


@pytest.mark.parametrize("decay_seconds", [0.08, 0.2])
def test_short_strokes_become_as_loud_as_asked(decay_seconds):
    master = plucked(decay_seconds)
    make_loud(master, MixSettings(-14.0))
    assert lufs(master) == pytest.approx(-14, abs=0.15)
    assert true_peak_dbtp(master) <= -1.0


def test_what_cannot_be_so_loud_stays_softer_than_asked():
    """Clicks over a hum: nothing but the clicks would be left at that loudness."""
    t = np.arange(10 * SAMPLE_RATE) / SAMPLE_RATE
    hum = 0.002 * np.sin(2 * np.pi * 220 * t)
    clicks = (t > 3) * np.sin(2 * np.pi * 900 * t) * np.exp(-(t % 0.5) / 0.004)
    track = np.stack([hum + clicks, hum + clicks]).astype(np.float32)
    master = track.copy()
    make_loud(master, MixSettings(-9.0))
    assert drive_db(track, master) == pytest.approx(-9 - lufs(track) + 8, abs=0.1)
    assert lufs(track) < lufs(master) < -10
    assert true_peak_dbtp(master) <= -1.0


def test_a_master_of_usual_loudness_is_never_shaved(monkeypatch):
    monkeypatch.setattr("backend.pipeline.mixing.drive.shave", None)
    master = club_track(0.3, 0.0)
    make_loud(master, MixSettings(-14.0))
    assert lufs(master) == pytest.approx(-14, abs=0.1)


def test_a_dynamic_master_is_never_shaved(monkeypatch):
    monkeypatch.setattr("backend.pipeline.mixing.drive.shave", None)
    master = club_track(0.35, 0.6)
    make_loud(master, MixSettings(-9.0, dynamic=True))
    assert lufs(master) < -10
    assert true_peak_dbtp(master) <= -1.0


def test_silence_stays_silence():
    silence = np.zeros((2, SAMPLE_RATE), np.float32)
    make_loud(silence, MixSettings(-9.0))
    assert not silence.any()
