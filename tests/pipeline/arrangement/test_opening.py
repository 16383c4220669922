"""A song is heard from its first beat on, and an instrument alone plays more than a tune."""

import pytest

from backend.pipeline.arrangement.opening import AT_ONCE, first_stroke
from backend.pipeline.artifacts import Note, Role
from backend.pipeline.styles import all_styles
from tests.pipeline.songs import composed

PROMPTS = [
    "Andalusian cadence, cajón and flamenco guitar, palmas, 3/4",
    "a quiet house by the sea, solo piano",
    "solo flute",
    "salsa, only bass in the intro",
    *(style.id.replace("_", " ") for style in all_styles()),
]


@pytest.mark.parametrize("seed", [7, 480])
@pytest.mark.parametrize("prompt", PROMPTS)
def test_somebody_plays_on_the_first_beat(prompt, seed):
    song = composed(prompt, seed=seed, duration_seconds=40)
    effects = {track.id for track in song.plan.tracks if track.role is Role.EFFECTS}
    starts = [
        note.start_beat
        for track in song.arrangement.tracks
        if track.track_id not in effects
        for note in track.notes
    ]
    assert min(starts) <= AT_ONCE


def test_the_bass_strikes_what_the_first_chord_stands_on():
    plan = composed("salsa", seed=3).plan
    bass = next(track for track in plan.tracks if track.role is Role.BASS)
    late = [Note(40, 2.5, 0.5, 80)]
    track_id, note = first_stroke(plan.sections[0], [(bass, late)]) or ("", late[0])
    assert track_id == bass.id
    assert note.start_beat == 0
    assert note.pitch % 12 == plan.sections[0].chords[0].bass % 12
    assert note.end_beat < 2.5


def test_who_begins_at_once_is_left_alone():
    plan = composed("salsa", seed=3).plan
    bass = next(track for track in plan.tracks if track.role is Role.BASS)
    assert first_stroke(plan.sections[0], [(bass, [Note(40, 0.02, 0.5, 80)])]) is None


@pytest.mark.parametrize("instrument", ["piano", "harp", "guitar"])
def test_a_soloist_who_can_play_chords_accompanies_himself(instrument):
    song = composed(f"solo {instrument}, calm", seed=2, duration_seconds=40)
    programs = {track.program for track in song.plan.tracks}
    assert len(programs) == 1
    assert {track.role for track in song.plan.tracks} > {Role.LEAD}
    together = [
        note
        for track in song.arrangement.tracks
        for note in track.notes
        if note.start_beat < song.plan.metre.bar_beats
    ]
    assert len({note.pitch % 12 for note in together}) >= 3


def test_a_flute_alone_stays_alone():
    (track,) = composed("solo flute", seed=2, duration_seconds=40).plan.tracks
    assert track.role is Role.LEAD
