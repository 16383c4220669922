import pytest

from backend.errors import StageFailed
from backend.pipeline.artifacts import Role, TrackPlan
from backend.pipeline.rendering.presets import choose_preset

BANK = {(0, 0): "Piano", (0, 33): "Fingered Bass", (0, 35): "Fretless", (128, 0): "Standard"}


def track(program: int, *, is_drums: bool = False) -> TrackPlan:
    return TrackPlan("t", "Track", Role.KEYS, "t", program, is_drums=is_drums)


def test_the_wanted_preset_plays_where_the_bank_has_it():
    preset = choose_preset(BANK, track(35))
    assert (preset.name, preset.is_substitute) == ("Fretless", False)


@pytest.mark.parametrize(
    ("program", "name"), [(38, "Fingered Bass"), (80, "Piano"), (400, "Piano")]
)
def test_a_missing_program_is_played_by_its_family_or_the_piano(program, name):
    preset = choose_preset(BANK, track(program))
    assert (preset.name, preset.is_substitute) == (name, True)


def test_a_missing_kit_is_played_by_another_kit_never_by_an_instrument():
    preset = choose_preset(BANK, track(25, is_drums=True))
    assert (preset.bank, preset.name) == (128, "Standard")


def test_a_bank_without_drums_is_refused_by_name():
    with pytest.raises(StageFailed, match="drum kit for “Track”"):
        choose_preset({(0, 0): "Piano"}, track(0, is_drums=True))
