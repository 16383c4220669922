from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.pipeline.planning.form import fitted, total_bars
from backend.pipeline.styles import all_styles
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.patterns import form_steps

FORMS = sorted({form for style in all_styles() for form in style.forms})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.integers(1, 320))
def test_every_form_fits_every_number_of_bars(form, bars):
    steps = fitted(form_steps(form), bars)
    assert total_bars(steps) == bars
    assert all(step.bars >= 1 for step in steps)


@pytest.mark.parametrize("form", FORMS)
def test_shorter_songs_keep_what_matters_most(form):
    natural = form_steps(form)
    families = {family(step.name) for step in fitted(natural, total_bars(natural) // 2)}
    wanted = {"peak"} if any(family(s.name) == "peak" for s in natural) else {"body"}
    assert wanted <= families


@given(st.integers(4, 200))
def test_a_spelled_out_form_keeps_its_order(bars):
    form = form_steps("intro4 verse8 chorus8 verse8 chorus8 outro4")
    names = [step.name for step in fitted(form, max(bars, 6), keep_order=True)]
    assert names == [step.name for step in form]


def test_the_natural_length_changes_nothing():
    for form in FORMS:
        natural = form_steps(form)
        assert fitted(natural, total_bars(natural)) == natural


def test_long_songs_go_round_the_whole_middle():
    steps = fitted(form_steps("intro4 loopA8 loopB8 loopA8 break4 loopB8 outro4"), 160)
    names = [step.name for step in steps]
    assert names.count("loopB") >= 4
    assert not any(
        one == two == three for one, two, three in zip(names, names[1:], names[2:], strict=False)
    )


@pytest.mark.parametrize("bars", [24, 36, 64, 96, 128])
def test_a_club_track_breathes_between_its_drops_however_short_it_is(bars):
    form = form_steps("intro16 build8 drop16 break16 build8 drop16 outro16")
    kinds = [family(step.name) for step in fitted(form, bars)]
    peaks = [place for place, kind in enumerate(kinds) if kind == "peak"]
    assert len(peaks) >= 2
    assert all("rest" in kinds[one:two] for one, two in pairwise(peaks))


def test_sections_are_halved_before_any_is_left_out():
    steps = fitted(form_steps("intro8 partA16 partB16 partA16 outro8"), 32)
    assert [step.name for step in steps] == ["intro", "partA", "partB", "partA", "outro"]


@pytest.mark.parametrize("form", ["intro16 build8 drop16 break16 build8 drop16 outro16",
                                  "intro4 A16 B16 A16 coda8"])  # fmt: skip
def test_long_songs_do_not_end_in_an_endless_outro(form):
    for bars in range(100, 240, 4):
        assert max(step.bars for step in fitted(form_steps(form), bars)) <= 24


@pytest.mark.parametrize("bars", range(14, 33))
def test_short_songs_are_more_than_beginning_and_end(bars):
    steps = fitted(form_steps("intro4 loopA8 loopA8 break4 loopA8 outro4"), bars)
    frames = sum(step.bars for step in steps if family(step.name) == "frame")
    assert frames <= (bars + 1) / 2
