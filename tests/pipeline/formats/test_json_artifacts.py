import pytest

from backend.pipeline.artifacts import (
    Arrangement,
    Check,
    Composition,
    MixSettings,
    SongPlan,
    SongReport,
    SongRequest,
    StripSettings,
)
from backend.pipeline.formats.json_artifacts import dump, load
from tests.pipeline.songs import composed


@pytest.mark.parametrize("genre", ["pop", "waltz", "trap"])
def test_symbolic_artifacts_survive_the_round_trip(genre):
    song = composed(seed=1, genre=genre)
    assert load(SongPlan, dump(song.plan)) == song.plan
    assert load(Composition, dump(song.composition)) == song.composition
    assert load(Arrangement, dump(song.arrangement)) == song.arrangement


def test_requests_settings_and_reports_too():
    for artifact in (
        SongRequest("Ünïcode ♪", 2**32 - 1, instruments=("cello",)),
        MixSettings(strips={"bass": StripSettings(gain_db=-3.25)}),
        SongReport(-14.0, 5.5, -1.0, 120.0, None, "A minor", (Check("key", "A", "A", True),),
                   "bank", "MIT", "0" * 64),
    ):  # fmt: skip
        assert load(type(artifact), dump(artifact)) == artifact


def test_equal_artifacts_are_equal_bytes():
    song = composed(seed=1, genre="pop")
    assert dump(song.plan) == dump(load(SongPlan, dump(song.plan)))


def test_damaged_json_is_refused():
    with pytest.raises(ValueError, match="validation error"):
        load(SongPlan, b'{"title": 3}')
