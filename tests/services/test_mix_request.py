"""What can be set at the mixer, and how a refusal names it."""

import pytest

from backend.errors import InvalidInput
from backend.pipeline.artifacts import MixSettings, StripSettings
from backend.services.mix_request import MixChange, check_mix, fields_of

TRACKS = frozenset({"bass", "keys"})
SET = MixSettings(
    loudness_lufs=-16, preset="jazz_swing", strips={"bass": StripSettings(gain_db=3, hall_db=-9)}
)


def test_what_is_left_out_stays_and_null_sets_back() -> None:
    change = MixChange({"preset": None}, {"bass": {"hall_db": None}, "keys": {"muted": True}})
    assert check_mix(SET, change, TRACKS) == MixSettings(
        loudness_lufs=-16,
        strips={"bass": StripSettings(gain_db=3), "keys": StripSettings(muted=True)},
    )
    assert fields_of(change) == ("preset", "tracks.bass.hallDb", "tracks.keys.muted")


def test_what_is_as_the_style_has_it_is_not_kept() -> None:
    change = MixChange(strips={"bass": {"gain_db": 0.0, "hall_db": None}})
    assert check_mix(SET, change, TRACKS).strips == {}


def test_a_style_is_known_by_any_of_its_names() -> None:
    assert check_mix(SET, MixChange({"preset": "Lo-Fi"}), TRACKS).preset == "lofi_hip_hop"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (MixChange({"loudness_lufs": -8.9}), "targetLufs"),
        (MixChange({"loudness_lufs": float("nan")}), "targetLufs"),
        (MixChange({"preset": "no such style"}), "preset"),
        (MixChange(strips={"flute": {"muted": True}}), "tracks"),
        (MixChange(strips={"bass": {"gain_db": 25.0}}), "tracks.bass.gainDb"),
        (MixChange(strips={"bass": {"pan": -2.5}}), "tracks.bass.pan"),
        (MixChange(strips={"keys": {"echo_db": float("inf")}}), "tracks.keys.echoDb"),
    ],
)
def test_what_cannot_be_mixed_is_refused_by_its_name(change: MixChange, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_mix(SET, change, TRACKS)
    assert refused.value.field == field
