import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.artifacts import TempoPoint
from backend.pipeline.theory.tempo_map import TempoMap

points = st.lists(
    st.builds(TempoPoint, st.floats(0, 400, allow_nan=False), st.floats(40, 240, allow_nan=False)),
    max_size=6,
)


def test_a_steady_tempo_is_a_straight_line():
    steady = TempoMap.from_points([], 127.5)
    assert steady.seconds(127.5) == pytest.approx(60)
    assert steady.beats(60) == pytest.approx(127.5)


def test_a_slower_tempo_holds_from_its_beat_on():
    slowing = TempoMap.from_points([TempoPoint(8, 60)], 120)
    assert slowing.seconds(8) == pytest.approx(4)
    assert slowing.seconds(10) == pytest.approx(6)
    assert slowing.tempo_bpm(7.9) == pytest.approx(120)
    assert slowing.tempo_bpm(8) == pytest.approx(60)


@given(points, st.floats(0, 600, allow_nan=False))
def test_beats_undo_seconds(changes, beat):
    tempo = TempoMap.from_points(changes, 120)
    assert tempo.beats(tempo.seconds(beat)) == pytest.approx(beat, abs=1e-6)


@given(points, st.floats(0, 600), st.floats(0.001, 50))
def test_time_only_moves_forward(changes, beat, step):
    tempo = TempoMap.from_points(changes, 120)
    assert tempo.seconds(beat + step) > tempo.seconds(beat)
