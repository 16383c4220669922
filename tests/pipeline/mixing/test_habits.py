"""A band is brought to the tone of its style; one or two instruments keep their own."""

import pytest

from backend.pipeline.artifacts import MixSettings
from backend.pipeline.mixing.habits import habits_of
from backend.pipeline.styles import all_styles, style
from tests.pipeline.songs import composed


@pytest.mark.parametrize(
    "prompt",
    [
        "solo piano",
        "unaccompanied cello",
        "solo double bass",
        "solo violin with piano accompaniment",
    ],
)
def test_few_instruments_keep_their_tone_unless_a_manner_is_asked_for(prompt):
    plan = composed(prompt, seed=2, duration_seconds=20).plan
    usual = style(plan.genre).mix
    assert habits_of(plan, MixSettings()).tone == ""
    assert habits_of(plan, MixSettings()).width == usual.width
    assert habits_of(plan, MixSettings(preset="lofi_hip_hop")) == style("lofi_hip_hop").mix


@pytest.mark.parametrize("genre", [known.id for known in all_styles()])
def test_the_band_of_every_style_has_its_tone(genre):
    plan = composed(genre=genre, seed=2, duration_seconds=20).plan
    assert habits_of(plan, MixSettings()) == style(genre).mix


def test_a_duo_with_a_rhythm_section_is_a_band():
    plan = composed("only drums and bass, funk", seed=2, duration_seconds=20).plan
    assert habits_of(plan, MixSettings()).tone == style("funk").mix.tone
