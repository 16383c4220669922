from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE
from backend.pipeline.mixing.filters import high_pass, low_pass
from backend.pipeline.mixing.returns import Echo, Returns
from backend.pipeline.mixing.reverb import Reverb
from backend.pipeline.styles import style


def impulse(seconds: float) -> np.ndarray:
    audio = np.zeros((2, round(seconds * SAMPLE_RATE)), np.float32)
    audio[:, 0] = 1.0
    return audio


def room(seconds: float, before: float = 0.0) -> Reverb:
    return Reverb(seconds, 0.4, before, [high_pass(200), low_pass(9000)])


def answer(reverb: Reverb, seconds: float) -> np.ndarray:
    audio = impulse(seconds)
    reverb.process(audio, audio)
    return audio


def level_db(audio: np.ndarray, start: float, end: float) -> float:
    part = audio[:, round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    return 10 * float(np.log10(np.square(part).mean() + 1e-20))


@pytest.mark.parametrize("seconds", [0.7, 1.5, 3.0])
def test_a_room_decays_by_sixty_decibels_in_its_time(seconds):
    tail = answer(room(seconds), seconds + 0.3)
    fall = level_db(tail, 0.1, 0.2) - level_db(tail, 0.1 + seconds / 2, 0.2 + seconds / 2)
    assert fall == pytest.approx(30, abs=7)


@pytest.mark.parametrize("seconds", [0.7, 3.0])
def test_a_longer_room_is_not_louder(seconds):
    energy = float(np.square(answer(room(seconds), seconds)).sum())
    assert energy == pytest.approx(2.0, rel=0.02)


def test_a_room_is_silent_before_its_first_reflection_and_wide_after_it():
    tail = answer(room(1.5, before=0.05), 1.0)
    first = np.flatnonzero(np.abs(tail).max(axis=0) > 1e-6)[0] / SAMPLE_RATE
    assert 0.05 < first < 0.1
    assert abs(np.corrcoef(tail)[0, 1]) < 0.5


def test_blocks_of_any_length_give_the_same_room():
    rng = np.random.Generator(np.random.PCG64(2))
    audio = rng.standard_normal((2, SAMPLE_RATE), dtype=np.float32)
    whole, parts = np.empty_like(audio), np.empty_like(audio)
    room(1.0, 0.02).process(audio, whole)
    one = room(1.0, 0.02)
    for start, stop in [(0, 100), (100, 101), (101, 30_001), (30_001, SAMPLE_RATE)]:
        one.process(audio[:, start:stop], parts[:, start:stop])
    assert np.abs(whole - parts).max() < 1e-6


def test_an_echo_comes_at_its_time_and_again_at_a_third():
    audio = impulse(2.0)
    Echo(0.5).process(audio, audio)
    first, second = level_db(audio, 0.5, 0.6), level_db(audio, 1.0, 1.1)
    assert level_db(audio, 0.0, 0.499) < -150
    assert first - second == pytest.approx(9.1, abs=0.3)


def test_each_send_gets_its_own_effect():
    sends = np.zeros((3, 2, SAMPLE_RATE), np.float32)
    sends[2, :, 0] = 1.0
    with ThreadPoolExecutor(2) as threads:
        for effect in Returns(style("pop").mix, 120.0).begin(sends, threads):
            effect.result()
    assert level_db(sends[2], 0.37, 0.45) > -60
    assert level_db(sends[0], 0, 1) < -150
    assert level_db(sends[1], 0, 1) < -150
