"""What a prompt asks of form, pulse, tempo and blends is in the plan, and in the notes played."""

import pytest

from backend.pipeline.artifacts import LyricsRequest
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.tempo_map import TempoMap
from tests.pipeline.songs import composed, finished, planned


def test_a_spelled_out_form_is_the_form():
    song = planned("verse chorus verse chorus bridge chorus, a rock song in A minor")
    assert [s.name for s in song.sections] == [
        "verse", "chorus", "verse", "chorus", "bridge", "chorus",
    ]  # fmt: skip


def test_a_key_change_lifts_the_last_chorus_and_stays():
    song = planned("pop song in C major with a key change in the last chorus")
    tonics = [section.key.tonic for section in song.sections]
    peaks = [s.index for s in song.sections if family(s.name) == "peak"]
    assert tonics[: peaks[-1]] == [0] * peaks[-1]
    assert set(tonics[peaks[-1] :]) == {2}


def test_a_slow_down_is_heard_at_the_end_only():
    song = planned("a waltz that ends with a ritardando", genre="waltz", tempo_bpm=120)
    tempo = TempoMap.from_plan(song)
    end = song.total_beats
    assert tempo.tempo_bpm(end / 2) == pytest.approx(120)
    assert tempo.tempo_bpm(end - 1) < 100


def test_a_blend_puts_the_machine_under_the_song():
    song = planned("jazz meets techno")
    assert song.genre == "techno+jazz_swing"
    assert finished(song).arrangement.tracks


def test_half_time_moves_the_backbeat():
    def snares(prompt):
        song = composed(prompt, seed=1, genre="rock", time_signature="4/4")
        section = next(s for s in song.plan.sections if s.name == "chorus")
        start = section.start_bar * 4
        hits = [n.start_beat - start for n in song.arrangement.track("drums").notes
                if n.pitch == 38 and n.velocity > 70 and 0 <= n.start_beat - start < 8]  # fmt: skip
        return [round(at) % 4 for at in hits]

    assert set(snares("rock song")) == {1, 3}
    assert 2 in snares("rock song with half-time drums")


def test_what_cannot_be_met_is_told():
    song = planned("a ballad with female vocals singing about the sea")
    assert any("sing" in note.lower() for note in song.notes)


@pytest.mark.parametrize(
    ("prompt", "theme"),
    [
        ("a ballad with vocals about the sea", "the sea"),
        ("pop song about skipping school", "skipping school"),
        ("a song about the sea, no vocals", None),
        ("background music for a video about gardening", None),
    ],
)
def test_words_are_written_when_there_is_something_to_sing(prompt, theme):
    song = planned(prompt)
    assert (song.lyrics.theme if song.lyrics else None) == theme
    assert any("written by rules" in note for note in song.notes) == (theme is not None)


@pytest.mark.parametrize(
    ("instrumental", "prompt", "words", "told"),
    [
        (True, "a ballad with vocals about the sea", False, True),
        (True, "a ballad with a choir", False, False),
        (False, "an instrumental ballad about the sea", True, True),
        (False, "a calm ballad", True, False),
        (False, "a ballad with vocals", True, False),
        (None, "an instrumental ballad about the sea", False, False),
    ],
)
def test_the_instrumental_field_wins_over_the_prompt(
    instrumental: bool | None, prompt: str, words: bool, told: bool
):
    song = planned(prompt, instrumental=instrumental)
    assert (song.lyrics is not None) == words
    assert any("instrumental field" in note for note in song.notes) == told
    assert any("Nobody sings" in note for note in song.notes) == words


def test_a_text_too_long_for_the_song_is_told():
    text = LyricsRequest(text="la " * 900)
    assert any("900 words" in note for note in planned(lyrics=text, duration_seconds=30).notes)
    text = LyricsRequest(text="la la la")
    assert not any("words for" in note for note in planned(lyrics=text).notes)


def test_a_loop_leads_back_without_a_last_chord():
    song = composed("a seamless chiptune loop, 20 seconds", seed=2)
    assert not {s.name for s in song.plan.sections} & {"intro", "outro"}
    last_bar = song.plan.total_beats - song.plan.metre.bar_beats
    drums = [n for n in song.arrangement.track("drums").notes if n.start_beat > last_bar + 0.3]
    assert len(drums) >= 3


@pytest.mark.parametrize(
    ("prompt", "bars"),
    [
        ("jazz, 32 bars, 120 bpm", 32),
        ("jazz, 4/4, 400 bars, 60 bpm, cold ending", 149),
        ("16 bar loop, lofi", 16),
    ],
)
def test_bars_are_counted_and_no_song_outlasts_the_longest(prompt, bars):
    song = planned(prompt)
    assert sum(section.bars for section in song.sections) == bars
    assert song.duration_seconds <= 600
    told = any("bars were asked for" in note for note in song.notes)
    assert told is (bars == 149)


def test_bars_that_a_length_does_not_hold_are_told():
    song = planned("jazz, 16 bars, 120 bpm, 2 minutes")
    assert song.duration_seconds == 120
    assert any("16 bars were asked for" in note for note in song.notes)


@pytest.mark.parametrize(
    ("prompt", "track_id", "silent"),
    [
        ("boom bap, no hats", "drums", {42, 44, 46}),
        ("rock without cymbals", "drums", {49, 51}),
        ("salsa with congas, no cowbell", "percussion", {56}),
    ],
)
def test_a_refused_piece_is_silent_and_the_others_play(prompt, track_id, silent):
    song = composed(prompt)
    track = next(track for track in song.arrangement.tracks if track.track_id == track_id)
    struck = {note.pitch for note in track.notes}
    assert struck
    assert struck.isdisjoint(silent)
    usual = composed(prompt.split(",")[0].split(" without")[0])
    track = next(track for track in usual.arrangement.tracks if track.track_id == track_id)
    assert not {note.pitch for note in track.notes}.isdisjoint(silent)


@pytest.mark.parametrize(
    ("prompt", "drums"),
    [("rock, no congas", True), ("rock, no drums", False), ("rock, no kick, snare or hats", False)],
)
def test_the_drummer_stays_unless_refused(prompt, drums):
    assert any(track.id == "drums" for track in planned(prompt).tracks) is drums


@pytest.mark.parametrize(
    ("prompt", "keys"),
    [
        ("rock with congas", {63}),
        ("pop with cowbell and tambourine", {54, 56}),
        ("ambient with timbales", {65}),
        ("jazz waltz with bongos, 3/4", {60}),
        ("ballad in 6/8 with hand claps", {39}),
        ("folk in 7/8 with a shaker", {70}),
    ],
)
def test_hand_percussion_is_struck_when_asked_for(prompt, keys):
    tracks = composed(prompt).arrangement.tracks
    hands = next(track for track in tracks if track.track_id == "percussion")
    assert keys <= {note.pitch for note in hands.notes}
