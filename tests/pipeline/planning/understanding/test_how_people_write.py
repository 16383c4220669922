"""Shorthand, swaps, odd units and loose sentences, as people write them."""

import pytest

from backend.pipeline.planning.understanding import understand


def _names(wishes):
    return {wish.id for wish in wishes}


@pytest.mark.parametrize(
    ("prompt", "wanted", "without"),
    [
        ("rock w/ strings w/o guitar", {"strings"}, {"guitar"}),
        ("guitar n bass n drums", {"guitar", "bass", "drums"}, set()),
        ("ska w/ horns and gtr", {"brass", "guitar"}, set()),
        ("swap the strings for a sax", {"saxophone"}, {"strings"}),
        ("replace the piano with a harpsichord", {"harpsichord"}, {"piano"}),
        ("guitar and sax trade solos", {"guitar", "saxophone"}, set()),
        ("get rid of the drums, just a choir", {"choir"}, {"drums"}),
        ("less guitar, more synth", {"synth"}, set()),
        ("not too much guitar, but a harp", {"harp"}, set()),
        ("synthwave with arps", {"synth"}, set()),
        ("metal, double bass drums", {"drums"}, set()),
        ("jazz, double bass and drums", {"double_bass", "drums"}, set()),
        ("cumbia con bajo y acordeon", {"bass", "accordion"}, set()),
        ("square wave lead, chiptune", {"synth_lead"}, set()),
    ],
)
def test_who_plays(prompt, wanted, without):
    wishes = understand(prompt)
    assert _names(wishes.instruments) == wanted
    assert _names(wishes.without) == without


@pytest.mark.parametrize("prompt", ["drum n bass", "rock n roll", "key of N", "plan n, plan w"])
def test_shorthand_names_no_players(prompt):
    assert understand(prompt).instruments == ()


@pytest.mark.parametrize(
    ("prompt", "places", "only"),
    [
        ("the drums come in only after the intro", ["drums not in the intro"], False),
        ("a verse that should be quiet with only bass", [], True),
        ("the verse should be quiet with only bass", ["bass alone in the verse"], False),
        ("chorus explodes w/ guitars", ["guitar in the chorus"], False),
        ("it slows down at the end, only accordion", [], True),
        ("intro, just piano, then drums", ["piano alone in the intro"], False),
        ("starts on piano, then drums", ["piano in the start"], False),
    ],
)
def test_where_they_play(prompt, places, only):
    wishes = understand(prompt)
    assert [str(place) for place in wishes.places] == places
    assert wishes.only_these_instruments is only


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [("1 and 1/2 minutes", 90), ("2 1/2 mins of harp", 150), ("two and a half minutes", 150),
     ("160 beats a minute", None)],
)  # fmt: skip
def test_odd_units(prompt, seconds):
    assert understand(prompt).duration_seconds == seconds


@pytest.mark.parametrize(
    ("prompt", "tempo", "era"),
    [
        ("harp, tempo somewhere in the 70s", (70, 79), None),
        ("tempo in the low 90s", (90, 93), None),
        ("a tempo of 90 like in the 70s", None, "1970s"),
        ("in the 90s style", None, "1990s"),
    ],
)
def test_tens_are_a_tempo_where_tempo_is_said(prompt, tempo, era):
    wishes = understand(prompt)
    assert wishes.tempo_range == tempo
    assert wishes.era == era


@pytest.mark.parametrize(
    ("prompt", "vocals"),
    [
        ("summer song, girl voice", True),
        ("female vox", True),
        ("one piano, one voice", True),
        ("voice: deep", True),
        ("a fugue in four voices", None),
        ("a stinger for a podcast", None),
        ("no vox", False),
    ],
)
def test_who_sings(prompt, vocals):
    assert understand(prompt).vocals is vocals


@pytest.mark.parametrize(
    ("prompt", "chords"),
    [("funk, Dm9 to Bbmaj7", "Dm9 | Bbmaj7"), ("from A to B", None), ("C to D", None)],
)
def test_two_rich_chords_need_no_cue(prompt, chords):
    wishes = understand(prompt)
    assert (str(wishes.chords) if wishes.chords else None) == chords


@pytest.mark.parametrize(
    ("prompt", "bars", "name"),
    [
        ("rock n roll, twelve bar, in A", None, "12-bar blues"),
        ("12-bar blues", None, "12-bar blues"),
        ("jazz, 12 bars", 12, None),
        ("quiet intro 8 bars, then strings", None, None),
        ("techno, 64 bars", 64, None),
    ],
)
def test_twelve_bar_is_a_form_and_not_a_length(prompt, bars, name):
    wishes = understand(prompt)
    assert wishes.form.bars == bars
    assert (wishes.chords.name if wishes.chords else None) == name


def test_endings():
    assert understand("slow down on the last line").form.ending == "ritardando"
    assert understand("big band, ends big").form.big_finish
    assert understand("no intro straight into the chorus").form.excluded == ("intro",)


@pytest.mark.parametrize(
    ("prompt", "spelling"),
    [("Ragtime. 2/4. C. Slow.", "C"), ("plan A. B. done", None), ("ward 4. C. piano", None)],
)
def test_a_letter_is_a_key_behind_another_facet_only(prompt, spelling):
    assert understand(prompt).spelling == spelling
