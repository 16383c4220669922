import pytest

from backend.pipeline.artifacts import StageName
from backend.pipeline.styles import all_styles, style
from backend.pipeline.styles.kinds import FAMILIES, family, matching
from backend.pipeline.styles.library import find_style
from backend.pipeline.styles.patterns import bass_pattern, drum_line, form_steps
from backend.pipeline.styles.transitions import walked_progression
from backend.pipeline.theory.chords import roman_shape
from backend.pipeline.theory.scales import parse_key
from tests.pipeline.songs import context


def test_there_are_thirty_two_styles_with_ids_of_their_own():
    ids = [candidate.id for candidate in all_styles()]
    assert len(ids) == len(set(ids)) == 32
    assert ids == sorted(ids)


@pytest.mark.parametrize("candidate", all_styles(), ids=lambda candidate: candidate.id)
def test_every_style_can_be_played(candidate):
    parts = {seat.part for seat in candidate.instruments}
    assert "lead" in parts
    assert parts & {"comp", "pad", "arp"}
    assert all(kind in FAMILIES[family(kind)] for form in candidate.forms
               for kind in (step.name for step in form_steps(form)))  # fmt: skip
    assert candidate.bass.patterns
    assert candidate.comping


def test_styles_are_found_by_id_name_and_alias():
    for word in ("drum_and_bass", "Drum & Bass", "dnb"):
        assert find_style(word) is style("drum_and_bass")
    assert find_style("zydeco polka") is None


def test_a_blend_takes_rhythm_from_one_and_song_from_the_other():
    blend = style("techno+jazz_swing")
    assert blend.drums == style("techno").drums
    assert blend.bass == style("techno").bass
    assert blend.melody == style("jazz_swing").melody
    low, typical, high = blend.tempo
    assert low <= typical <= high


def test_a_style_without_drums_gives_the_song_not_the_rhythm():
    assert style("classical+house").drums == style("house").drums


def test_missing_kinds_are_stood_in_for_by_their_family():
    assert matching("chorus", ["verse", "drop"]) == "drop"
    assert matching("intro", ["verse", "chorus"]) == "verse"
    assert matching("verse", []) is None


@pytest.mark.parametrize("steps", ["", "x.x", "X..y............"])
def test_broken_drum_lines_are_refused(steps):
    with pytest.raises(ValueError, match="drum line"):
        drum_line(steps, "sixteenth", 4.0)


def test_broken_bass_patterns_are_refused():
    with pytest.raises(ValueError, match="degree"):
        bass_pattern("0 99 4")


@pytest.mark.parametrize("minor", [True, False])
def test_walked_progressions_can_begin_again(minor):
    key = parse_key("C minor" if minor else "C")
    for number in range(20):
        rng = context(StageName.PLANNING).generator("walk", number)
        bars = walked_progression(minor=minor, bars=4, rng=rng).split("|")
        assert len(bars) == 4
        assert all(roman_shape(token, key).tones for token in bars)
