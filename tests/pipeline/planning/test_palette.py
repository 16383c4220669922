import pytest

from backend.pipeline.planning.palette import SYNTHESISERS
from backend.pipeline.rendering.voices import VOICES
from backend.pipeline.styles import all_styles
from backend.pipeline.styles.kinds import ELECTRONIC
from backend.pipeline.theory.instruments import FAMILIES
from tests.pipeline.songs import planned

MACHINES = sorted(ELECTRONIC | {"ambient", "chiptune"})
AT_HOME = {
    "acoustic grand piano": {"ambient", "drum_and_bass", "house", "trance"},
    "drawbar organ": {"house"},
    "nylon guitar": {"reggaeton"},
    "hand percussion": {"house", "reggaeton"},
}
"""What such records sample, and where; the sound bank's samples are right for it."""


def test_every_voice_can_be_heard():
    seats = [seat for style in all_styles() for seat in style.instruments]
    reached = {seat.voice for seat in seats} | set(SYNTHESISERS.values())
    reached |= {voice for seat in seats for voice in seat.voices.values()}
    reached |= {style.kit_voice for style in all_styles()}
    assert set(VOICES) == reached - {"soundfont"}


def test_a_voice_of_a_program_is_of_one_that_may_be_drawn():
    for style in all_styles():
        for seat in style.instruments:
            assert set(seat.voices) <= set(seat.programs), (style.id, seat.slot)


@pytest.mark.parametrize("genre", MACHINES)
def test_electronic_styles_do_not_sound_like_general_midi(genre):
    """At most one track of twenty is sampled, but for what such records sample themselves."""
    tracks = [track for seed in range(6) for track in planned(seed=seed, genre=genre).tracks]
    sampled = [track for track in tracks if track.voice == "soundfont"]
    foreign = [track.name for track in sampled if genre not in AT_HOME.get(track.instrument, ())]
    assert len(foreign) <= 0.05 * len(tracks), foreign
    assert len(sampled) <= 0.3 * len(tracks)


@pytest.mark.parametrize("genre", MACHINES)
@pytest.mark.parametrize("family", ["choir", "strings", "brass"])
def test_who_is_asked_for_by_name_comes_in_person(genre, family):
    tracks = planned(f"a song with {family}", genre=genre).tracks
    assert "soundfont" in {track.voice for track in tracks if track.program in FAMILIES[family]}


def test_synthesised_brass_asked_for_by_name_is_synthesised():
    tracks = planned("with synth brass", genre="synthwave").tracks
    assert [track.voice for track in tracks if track.program in (62, 63)] == ["synth_brass"]


@pytest.mark.parametrize(
    ("genre", "voices"),
    [
        ("house", {"saw_bass", "fm_bass"}),
        ("synthwave", {"saw_bass", "pluck_bass"}),
        ("drum_and_bass", {"reese_bass"}),
    ],
)
def test_seeds_choose_among_the_basses_of_a_style(genre, voices):
    songs = [planned(seed=seed, genre=genre) for seed in range(8)]
    assert {track.voice for song in songs for track in song.tracks if track.id == "bass"} == voices
