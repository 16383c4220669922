from dataclasses import dataclass

import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE, MixSettings, StageName
from backend.pipeline.mixing import mix
from backend.pipeline.mixing.limiter import true_peak_dbtp
from backend.pipeline.mixing.loudness import (
    integrated_lufs,
    k_weighted_energies,
    loudness_range_lu,
)
from backend.pipeline.mixing.mastering import master
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import render
from backend.pipeline.styles import style
from tests.pipeline.builders import small_bank
from tests.pipeline.songs import composed, context


@dataclass(frozen=True)
class Made:
    """A song before its master, and the one of usual loudness."""

    genre: str
    mix: np.ndarray
    usual: np.ndarray


@pytest.fixture(scope="module", params=["dubstep", "techno"])
def made(request) -> Made:
    song = composed(genre=request.param, duration_seconds=16.0)
    stems = render(song.plan, song.arrangement, small_bank(), context(StageName.RENDERING))
    rooms: dict[str, np.ndarray] = {}

    def allocate(name, shape):
        rooms[name] = np.zeros(shape, np.float32)
        return rooms[name]

    mixing = StageContext(1, StageName.MIXING, allocate=allocate)
    done = mix(song.plan, song.arrangement, stems, MixSettings(), mixing)
    return Made(request.param, rooms["mix"], done.audio)


def mastered(made: Made, lufs: float) -> np.ndarray:
    audio = np.zeros_like(made.mix)
    master(made.mix, audio, style(made.genre).mix, MixSettings(lufs))
    return audio


def range_lu(audio: np.ndarray) -> float:
    return loudness_range_lu(k_weighted_energies(audio))


def crest_db(audio: np.ndarray) -> float:
    return 20 * float(np.log10(np.abs(audio).max() / np.sqrt(np.square(audio).mean())))


def test_a_club_song_is_as_loud_as_a_club_plays_it_and_still_moves(made):
    loud = mastered(made, -9.0)
    assert integrated_lufs(k_weighted_energies(loud)) == pytest.approx(-9, abs=0.3)
    assert true_peak_dbtp(loud) <= -1.0
    assert crest_db(loud) > 7.5
    assert range_lu(loud) > 0.4 * range_lu(made.usual)


def test_a_master_of_usual_loudness_is_never_shaved(made, monkeypatch):
    monkeypatch.setattr("backend.pipeline.mixing.drive.shave", None)
    assert mastered(made, -14.0).tobytes() == made.usual.tobytes()


def test_waves_that_lean_to_one_side_leave_no_offset():
    t = np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE
    leaning = sum(np.cos(2 * np.pi * 55 * k * t) for k in range(1, 13))
    swelling = 0.02 * leaning * np.sin(np.pi * t / 6) ** 4 * (1 + np.sin(2 * np.pi * 2 * t))
    song = np.stack([swelling, 0.8 * swelling]).astype(np.float32)
    audio = np.zeros_like(song)
    master(song, audio, style("techno").mix, MixSettings(-9.0))
    assert np.abs(audio.mean(axis=1)).max() < 1e-4
    assert true_peak_dbtp(audio) <= -1.0
    assert np.abs(audio[:, -SAMPLE_RATE // 50 :]).max() < 1e-3
