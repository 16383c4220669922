"""Who is said to play alone is alone, and plays what is played alone on that instrument."""

import pytest

from backend.pipeline.artifacts import Role, SongRequest, StageName
from backend.pipeline.planning import plan
from backend.pipeline.planning.understanding import understand
from backend.pipeline.progress import StageContext
from backend.pipeline.theory.instruments import MONOPHONIC


@pytest.mark.parametrize("words", ["solo {}", "a piece for solo {}", "unaccompanied {}, sad"])
@pytest.mark.parametrize("instrument", ["violin", "cello", "harp", "piano", "flute", "bassoon"])
def test_a_soloist_plays_alone(words: str, instrument: str):
    prompt = words.format(instrument)
    song = plan(SongRequest(prompt, 3, duration_seconds=60.0), StageContext(3, StageName.PLANNING))
    assert {track.program for track in song.tracks} == {song.tracks[0].program}
    assert instrument in song.tracks[0].instrument
    assert Role.LEAD in {track.role for track in song.tracks}
    if song.tracks[0].program in MONOPHONIC:
        assert len(song.tracks) == 1


@pytest.mark.parametrize(
    "prompt",
    [
        "a house track with a solo violin melody",
        "big band swing with a solo trumpet",
        "sad cinematic piece, solo violin over a full orchestra",
        "rock song, solo guitar after the second chorus",
        "rock song, solo guitar in the bridge",
        "lofi beat and a solo flute",
    ],
)
def test_a_soloist_among_others_is_accompanied(prompt: str):
    wishes = understand(prompt)
    assert wishes.instruments[0].is_solo
    assert not wishes.only_these_instruments


@pytest.mark.parametrize(
    "prompt", ["solo piano in C minor", "solo piano at 70 bpm", "solo cello, in the style of Bach"]
)
def test_a_key_or_a_tempo_behind_a_soloist_brings_no_band(prompt: str):
    assert understand(prompt).only_these_instruments


@pytest.mark.parametrize(
    ("prompt", "genre"),
    [
        ("Tempo = 66, Key = Db major, 3/4, for solo harp", "classical"),
        ("solo kalimba", "ambient"),
        ("solo accordion", "waltz"),
        ("unaccompanied double bass", "jazz_swing"),
        ("solo guitar", "folk"),
        ("a techno track with a solo harp", "techno"),
        ("solo harmonica on the porch of a saloon, whiskey and dirt road", "country"),
    ],
)
def test_a_soloist_speaks_for_the_style_in_which_it_plays_alone(prompt: str, genre: str):
    assert understand(prompt).genre == genre


def test_who_plays_alone_was_understood():
    assert not any("without effect" in note for note in understand("unaccompanied viola").notes)


def test_slow_takes_no_sadness_away():
    slow = understand("slow and sad").valence
    assert slow == understand("sad").valence
