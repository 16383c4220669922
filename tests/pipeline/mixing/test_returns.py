from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest

from backend.pipeline.artifacts import SAMPLE_RATE, TempoPoint
from backend.pipeline.mixing.filters import high_pass, low_pass
from backend.pipeline.mixing.returns import Echo, Returns
from backend.pipeline.mixing.reverb import Reverb
from backend.pipeline.styles import style
from backend.pipeline.theory.tempo_map import TempoMap


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


def steady(tempo_bpm: float) -> TempoMap:
    return TempoMap.from_points((), tempo_bpm)


def heard_at(audio: np.ndarray, after: float) -> float:
    """Return the seconds at which the next sound is loudest."""
    first = round(after * SAMPLE_RATE)
    return (first + int(np.abs(audio[0, first : first + SAMPLE_RATE]).argmax())) / SAMPLE_RATE


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
    Echo(steady(90.0)).process(audio, audio)
    first, second = level_db(audio, 0.5, 0.6), level_db(audio, 1.0, 1.1)
    assert level_db(audio, 0.0, 0.499) < -150
    assert first - second == pytest.approx(9.1, abs=0.3)


@pytest.mark.parametrize("change", [1.18, 0.84, 0.66])
def test_an_echo_stays_on_the_beat_when_the_tempo_changes(change):
    tempo = TempoMap.from_points((TempoPoint(0.0, 100.0), TempoPoint(8.0, 100.0 * change)), 100.0)
    audio = np.zeros((2, 12 * SAMPLE_RATE), np.float32)
    hits = [tempo.seconds(beat) for beat in (1.0, 4.0, 9.0, 12.0)]
    for hit in hits:
        audio[:, round(hit * SAMPLE_RATE)] = 1.0
    Echo(tempo).process(audio, audio)
    for hit, beat in zip(hits, (1.0, 4.0, 9.0, 12.0), strict=True):
        assert heard_at(audio, hit) == pytest.approx(tempo.seconds(beat + 0.75), abs=0.001)


def test_an_echo_neither_clicks_nor_glides_where_the_tempo_changes():
    tempo = TempoMap.from_points((TempoPoint(0.0, 100.0), TempoPoint(4.0, 118.0)), 100.0)
    cycles = np.arange(6 * SAMPLE_RATE) * 441 / SAMPLE_RATE
    wave = np.stack([np.sin(2 * np.pi * cycles)] * 2).astype(np.float32)
    Echo(tempo).process(wave, wave)
    change = wave[0, 105_000:115_000]
    before = wave[0, 90_000:100_000]
    assert np.abs(np.diff(change, 2)).max() < 2 * np.abs(np.diff(before, 2)).max()
    spectrum = np.abs(np.fft.rfft(change * np.hanning(10_000)))
    assert spectrum[110:].max() < 0.01 * spectrum[100]  # 441 Hz is partial 100


@pytest.mark.parametrize("points", [(), (TempoPoint(2.0, 118.0), TempoPoint(5.0, 90.0))])
def test_blocks_of_any_length_give_the_same_echo(points):
    rng = np.random.Generator(np.random.PCG64(5))
    audio = rng.standard_normal((2, 4 * SAMPLE_RATE), dtype=np.float32)
    whole, parts = np.empty_like(audio), np.empty_like(audio)
    Echo(TempoMap.from_points(points, 100.0)).process(audio, whole)
    echo = Echo(TempoMap.from_points(points, 100.0))
    edges = [0, 100, 101, 30_001, 53_000, 54_000, audio.shape[1]]
    for start, stop in pairwise(edges):
        echo.process(audio[:, start:stop], parts[:, start:stop])
    assert np.abs(whole - parts).max() < 1e-6


def test_each_send_gets_its_own_effect():
    sends = np.zeros((3, 2, SAMPLE_RATE), np.float32)
    sends[2, :, 0] = 1.0
    with ThreadPoolExecutor(2) as threads:
        for effect in Returns(style("pop").mix, steady(120.0)).begin(sends, threads):
            effect.result()
    assert level_db(sends[2], 0.37, 0.45) > -60
    assert level_db(sends[0], 0, 1) < -150
    assert level_db(sends[1], 0, 1) < -150
