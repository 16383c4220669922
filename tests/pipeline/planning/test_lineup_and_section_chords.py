"""Instruments play where the prompt says, and sections have the chords it gives them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.pipeline.artifacts import Role
from tests.pipeline.songs import finished, planned

FORM = "intro, verse, chorus, verse, chorus, bridge, chorus, outro: "


def heard(song, role) -> list[str]:
    ids = {track.id for track in song.tracks if track.role is role}
    return [section.label for section in song.sections if ids & set(section.track_ids)]


def with_program(song, program) -> list[str]:
    ids = {track.id for track in song.tracks if track.program == program}
    return [section.label for section in song.sections if ids & set(section.track_ids)]


@pytest.mark.parametrize("seed", range(3))
def test_drums_are_silent_where_they_are_not_wanted(seed):
    song = planned("pop, no drums in the intro or anywhere in the bridge. " + FORM, seed=seed)
    assert "Intro" not in heard(song, Role.DRUMS)
    assert "Chorus 1" in heard(song, Role.DRUMS)
    song = planned("rock, drums only in the chorus. " + FORM, seed=seed)
    assert {label.split()[0] for label in heard(song, Role.DRUMS)} == {"Chorus"}
    drums = finished(song).arrangement.track("drums").notes
    first = next(s for s in song.sections if s.name == "chorus").start_bar * song.metre.bar_beats
    assert min(note.start_beat for note in drums) > first - song.metre.bar_beats


@pytest.mark.parametrize("seed", range(3))
def test_an_instrument_enters_where_it_is_told_to(seed):
    song = planned("pop, church organ enters at the second verse. " + FORM, seed=seed)
    labels = [section.label for section in song.sections]
    places = [labels.index(label) for label in with_program(song, 19)]
    assert min(places) == labels.index("Verse 2")


@pytest.mark.parametrize("seed", range(3))
def test_alone_means_alone(seed):
    song = planned("ballad, intro with just a harp. " + FORM, seed=seed, genre="ballad")
    intro = song.sections[0]
    assert intro.track_ids
    assert {t.program for t in song.tracks if t.id in intro.track_ids} == {46}


def test_a_part_that_the_form_lacks_is_told():
    song = planned("verse, chorus, verse, chorus; strings come in at the fourth chorus")
    assert any("no such part" in note for note in song.notes)


def test_every_section_keeps_somebody():
    song = planned("piano only in the bridge, no bass in the verse, no drums in the verse. " + FORM)
    assert all(section.track_ids for section in song.sections)


def symbols(song, kind) -> list[str]:
    section = next(section for section in song.sections if section.name == kind)
    return [chord.symbol for chord in section.chords][:4]


def test_sections_have_their_own_chords():
    song = planned("verse over Am F C G, chorus over F G Am C, indie rock. " + FORM)
    assert symbols(song, "verse") == ["Am", "F", "C", "G"]
    assert symbols(song, "chorus") == ["F", "G", "Am", "C"]
    assert song.asked["section chords"] == "verse: Am | F | C | G; chorus: F | G | Am | C"


def test_other_sections_keep_the_general_progression():
    song = planned("over Dm Bb F C; bridge: Gm C F A. pop. " + FORM)
    assert symbols(song, "verse") == ["Dm", "Bb", "F", "C"]
    assert symbols(song, "bridge") == ["Gm", "C", "F", "A"]


WORDS = """no without drums piano only in the verse chorus bridge intro outro until from enters at
second last just solo starts with : . , over Am F C G H7 ii V I half-time 128 bpm 7/8 A minor jazz
oud bagpipes lyrics about love fade loop alone drop build AABA nothing else strings bass"""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join))
def test_any_jumble_of_wishes_is_a_song_in_which_somebody_plays(prompt):
    song = planned(prompt, seed=3)
    assert all(section.track_ids and section.chords for section in song.sections)
    played = {track_id for section in song.sections for track_id in section.track_ids}
    assert played == {track.id for track in song.tracks}
