import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.pipeline.artifacts import Role
from backend.pipeline.styles import all_styles, style
from backend.pipeline.theory.scales import scale_classes
from backend.pipeline.theory.tempo_map import TempoMap
from tests.pipeline.songs import planned

STYLES = [candidate.id for candidate in all_styles()]
METRES = ["2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "9/8", "12/8", "5/8", "7/4"]


@settings(max_examples=40, deadline=None)
@given(
    genre=st.sampled_from(STYLES),
    tempo=st.sampled_from([40.0, 63.0, 97.3, 127.5, 180.0, 240.0]),
    metre=st.sampled_from(METRES),
    length=st.sampled_from([10.0, 15.0, 31.0, 60.0, 187.0, 600.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_tempo_metre_and_length_are_obeyed_together(genre, tempo, metre, length, seed):
    song = planned(
        seed=seed, genre=genre, tempo_bpm=tempo, time_signature=metre, duration_seconds=length
    )
    assert song.tempo_bpm == tempo
    assert song.tempo_points[0].tempo_bpm == tempo
    assert str(song.metre) == metre
    music = TempoMap.from_plan(song).seconds(song.total_beats)
    bar_seconds = song.metre.bar_beats * 60 / tempo
    assert abs(song.duration_seconds - length) <= max(2.0, bar_seconds)
    assert music <= song.duration_seconds + max(2.0, bar_seconds)
    assert song.duration_seconds - music <= max(7.0, 2.5 * bar_seconds)


@settings(max_examples=40, deadline=None)
@given(genre=st.sampled_from(STYLES), length=st.integers(10, 600), seed=st.integers(0, 2**32 - 1))
def test_a_free_tempo_stays_in_the_style_and_hits_the_length(genre, length, seed):
    song = planned(seed=seed, genre=genre, duration_seconds=float(length))
    low, _, high = style(genre).tempo
    assert low <= song.tempo_bpm <= high
    assert song.duration_seconds == length


@pytest.mark.parametrize("genre", STYLES)
def test_sections_join_without_gaps_and_chords_fill_them(genre):
    song = planned(seed=5, genre=genre)
    bar = 0
    for section in song.sections:
        assert section.start_bar == bar
        assert section.bars > 0
        assert section.track_ids
        bar += section.bars
        beat = section.start_bar * song.metre.bar_beats
        for chord in section.chords:
            assert chord.start_beat == pytest.approx(beat)
            assert chord.duration_beats > 0
            beat += chord.duration_beats
        assert beat == pytest.approx(bar * song.metre.bar_beats)


@pytest.mark.parametrize("genre", STYLES)
def test_songs_have_shape(genre):
    song = planned(seed=6, genre=genre)
    energies = [section.energy for section in song.sections]
    assert max(energies) - min(energies) > 0.1
    assert all(0 <= energy <= 1 for energy in energies)
    assert len({track.id for track in song.tracks}) == len(song.tracks)
    heard = {track_id for section in song.sections for track_id in section.track_ids}
    assert heard == {track.id for track in song.tracks}


@pytest.mark.parametrize("genre", STYLES)
@pytest.mark.parametrize("key", ["F# minor", "Db", "A dorian", "E phrygian", "G mixolydian"])
def test_keys_are_obeyed_and_heard(genre, key):
    song = planned(seed=2, genre=genre, key=key)
    assert str(song.key).removesuffix(" major") == key
    assert all(section.key == song.key for section in song.sections)
    assert song.chords[-1].root == song.key.tonic
    scale = set(scale_classes(song.key))
    inside = [tone in scale for chord in song.chords for tone in chord.tones]
    assert sum(inside) / len(inside) > 0.6


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"tempo_bpm": 20}, "style.tempoBpm"),
        ({"tempo_bpm": 241}, "style.tempoBpm"),
        ({"key": "H minor"}, "style.key"),
        ({"time_signature": "4/5"}, "style.timeSignature"),
        ({"duration_seconds": 5}, "durationSeconds"),
        ({"duration_seconds": 1e9}, "durationSeconds"),
        ({"genre": "polka metal ska"}, "style.genre"),
        ({"energy": 3}, "style.energy"),
        ({"instruments": ("washing machine",)}, "style.instruments"),
        ({"without_instruments": ("xyzzy",)}, "style.withoutInstruments"),
        ({"instruments": ("piano",), "without_instruments": ("Piano",)},
         "style.withoutInstruments"),
    ],
)  # fmt: skip
def test_impossible_fields_name_themselves(fields, field):
    with pytest.raises(InvalidInput) as raised:
        planned(**fields)
    assert raised.value.field == field
    assert len(raised.value.message) > 15


def test_fields_win_over_the_prompt_and_say_so():
    song = planned("techno at 140 bpm in A minor", genre="ballad", tempo_bpm=70, key="C major")
    assert song.genre == "ballad"
    assert song.tempo_bpm == 70
    assert str(song.key) == "C major"
    assert any("70 BPM" in note and "wins" in note for note in song.notes)


def test_the_prompt_is_obeyed():
    song = planned("techno, 127.5 bpm, F# minor, 7/8, 45 seconds, no drums")
    assert song.genre == "techno"
    assert song.tempo_bpm == 127.5
    assert str(song.key) == "F# minor"
    assert str(song.metre) == "7/8"
    assert song.duration_seconds == 45
    assert not any(track.is_drums for track in song.tracks)
    assert {"tempo", "key", "metre", "length"} <= set(song.asked)


def test_just_piano_and_cello_is_just_that():
    song = planned("a sad ballad, just piano and cello")
    assert {track.program for track in song.tracks} == {0, 42}
    assert any(track.role is Role.LEAD for track in song.tracks)


@pytest.mark.parametrize("genre", STYLES)
def test_wanted_instruments_play_and_unwanted_ones_do_not(genre):
    song = planned(
        seed=3, genre=genre, instruments=("cello", "trumpet"), without_instruments=("drums", "bass")
    )
    programs = {track.program for track in song.tracks if not track.is_drums}
    assert {42, 56} <= programs
    assert not any(track.is_drums for track in song.tracks)
    assert not any(track.role is Role.BASS for track in song.tracks)


@pytest.mark.parametrize("genre", ["pop", "techno", "jazz_swing", "blues"])
def test_asked_chords_are_the_chords(genre):
    song = planned("a song over Am F C G", genre=genre)
    symbols = [chord.symbol for chord in song.chords][:-1]
    assert symbols == (["Am", "F", "C", "G"] * 200)[: len(symbols)]
    assert str(song.key) == "A minor"


def test_the_title_comes_from_the_prompt():
    assert planned("rain on a night bus, hopeful").title.lower().startswith("rain on a night bus")
    assert planned("x", title="My Own").title == "My Own"


def test_equal_requests_give_equal_plans_and_other_seeds_others():
    assert planned("a folk song", seed=9) == planned("a folk song", seed=9)
    assert planned("a folk song", seed=9) != planned("a folk song", seed=10)


def test_every_track_has_an_id_of_its_own():
    song = planned("gospel with choir, organ, timpani and full brass", seed=4)
    ids = [track.id for track in song.tracks]
    assert len(set(ids)) == len(ids)
    assert any(track.program == 47 for track in song.tracks if not track.is_drums)


@pytest.mark.parametrize("genre", ["pop", "ballad", "synthwave", "disco", "rock", "waltz"])
def test_a_minor_song_comes_home_through_its_leading_tone(genre):
    song = planned("a song in A minor", seed=5, genre=genre)
    *_, before, last = song.chords
    assert last.root == last.bass == 9
    assert before.root == 4
    assert 8 in before.tones
