"""What a musician would hear at once: clashes, parallels, fills, hooks, arcs and endings."""

from collections import defaultdict
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.pipeline.arrangement.voicing import Below, lead_voices
from backend.pipeline.artifacts import Note, Role
from backend.pipeline.styles import all_styles, style
from backend.pipeline.styles.kinds import family
from backend.pipeline.theory.metre import strength
from benchmarks.part_writing import (
    CHAIN,
    chains_with_the_bass,
    chains_within,
    in_parallel_fifths,
    longest_chain,
    outer_chain,
)
from tests.pipeline.arrangement.test_arranger import check_playable
from tests.pipeline.songs import composed

STYLES = [candidate.id for candidate in all_styles()]
SEEDS = [1, 2]

both_seeds = pytest.mark.parametrize("seed", SEEDS)
every_style = pytest.mark.parametrize("genre", STYLES)


def chord_under(plan, note):
    return next(c for c in reversed(plan.chords) if c.start_beat <= note.start_beat + 1e-6)


@every_style
@both_seeds
def test_no_long_strong_note_lies_a_semitone_above_its_chord(genre, seed):
    song = composed(seed=seed, genre=genre)
    for note in song.composition.melody:
        tones = chord_under(song.plan, note).tones
        place = round(note.start_beat % song.plan.metre.bar_beats, 6)
        if strength(song.plan.metre, place) >= 0.8 and note.duration_beats >= 1:
            assert note.pitch % 12 in tones or (note.pitch - 1) % 12 not in tones


@every_style
@both_seeds
def test_nobody_chains_parallel_fifths_but_where_the_style_says_why(genre, seed):
    song = composed(seed=seed, genre=genre)
    assert chains_within(song.plan, song.arrangement) == []
    assert chains_with_the_bass(song.plan, song.arrangement) == []


def test_where_a_chord_begins_in_mid_bar_the_bass_of_a_two_feel_stands_on_its_root():
    song = composed("Loop | Dm7 G7 | Cmaj7 | with brushed drums and upright bass", seed=72)
    bass = next(track.id for track in song.plan.tracks if track.role is Role.BASS)
    begun = {chord.start_beat: chord.bass for chord in song.plan.chords}
    placed = [
        (note.pitch % 12, begun[round(note.start_beat)])
        for note in song.arrangement.track(bass).notes
        if round(note.start_beat) in begun and abs(note.start_beat % 1 - 0.5) > 0.4
    ]
    assert len(placed) > 50
    assert all(pitch == root for pitch, root in placed)


@pytest.mark.parametrize(
    ("prompt", "seed"), [("9/8 balkan brass band, fast", 103), ("jazz swing", 2), ("gospel", 1)]
)
def test_who_anticipates_a_chord_strikes_none_of_the_one_before_with_it(prompt, seed):
    song = composed(prompt, seed)
    chords = song.plan.chords
    keys = [track.id for track in song.plan.tracks if track.role is Role.KEYS]
    struck = defaultdict(set)
    for track in keys:
        for note in song.arrangement.track(track).notes:
            struck[track, round(note.start_beat * 2)].add(note.pitch % 12)
    together = [tones for tones in struck.values() if len(tones) > 2]
    assert together
    for tones in together:
        assert any(tones <= {*chord.tones, chord.bass} for chord in chords)


def test_no_chord_is_left_out_because_the_next_one_is_anticipated():
    """Led over a chord that nobody hears, the hands would chain fifths."""
    song = composed("uptempo swing for big band: saxes, bones and trumpets, Bb major, 2:45", 236)
    assert chains_within(song.plan, song.arrangement) == []
    chords = [chord for chord in song.plan.chords if chord.duration_beats >= 1]
    keys = song.arrangement.track("keys").notes
    struck = [note.start_beat for note in keys if 24 <= note.start_beat < 120]
    heard = [
        any(chord.start_beat - 0.6 < at < chord.start_beat + chord.duration_beats for at in struck)
        for chord in chords
        if 24 <= chord.start_beat < 118
    ]
    assert sum(heard) > 0.9 * len(heard)


@pytest.mark.parametrize("genre", [each.id for each in all_styles() if each.parallels])
def test_who_may_chain_parallel_fifths_does(genre):
    song = composed(seed=1, genre=genre)
    for role, reason in style(genre).parallels.items():
        assert reason
        players = [track for track in song.plan.tracks if track.role is role]
        chains = [
            max(longest_chain(song.arrangement.track(player.id).notes),
                outer_chain(song.plan, song.arrangement, player))
            for player in players
        ]  # fmt: skip
        assert max(chains) >= CHAIN


def struck(pitches):
    """Chords of one beat each on end."""
    return [Note(pitch, float(beat), 0.9, 80) for beat, chord in enumerate(pitches)
            for pitch in chord]  # fmt: skip


@pytest.mark.parametrize(
    ("chords", "moves"),
    [
        ([(48, 55), (50, 57), (52, 59)], 2),
        ([(48, 55), (50, 57), (48, 57)], 1),
        ([(48, 55), (62, 69), (64, 71)], 2),
        ([(48, 55), (46, 65), (48, 67)], 1),
        ([(48, 52), (50, 54), (52, 56)], 0),
        ([(48, 60), (50, 62), (52, 64)], 0),
    ],
)
def test_parallel_fifths_are_counted_as_counterpoint_does(chords, moves):
    assert longest_chain(struck(chords)) == moves


@pytest.mark.parametrize("voices", [3, 4])
@pytest.mark.parametrize("rootless", [False, True])
def test_led_chords_never_move_in_parallel_twice_on_end(voices, rootless):
    planing = tuple(tuple((root + step) % 12 for step in (0, 4, 7, 11)) for root in range(0, 12, 2))
    led = lead_voices(planing, voices, 52, 74, rootless=rootless)
    moves = [in_parallel_fifths(a, b) for a, b in pairwise(led)]
    assert not any(both for both in map(all, pairwise(moves)))


def test_right_hands_do_not_follow_the_left_in_parallel():
    chords = tuple((root, (root + 4) % 12, (root + 7) % 12) for root in (0, 2, 4, 5, 7))
    left = (36, 38, 40, 41, 43)
    led = lead_voices(chords, 3, 52, 74, below=Below(left, by_same_player=True))
    hands = [(low, *voicing) for low, voicing in zip(left, led, strict=True)]
    assert not any(map(all, pairwise(in_parallel_fifths(a, b) for a, b in pairwise(hands))))


@pytest.mark.parametrize("bass", [(36, 38, 40, 41, 43), (43, 41, 40, 38, 36), (36, 36, 38, 38, 40)])
def test_chords_do_not_follow_the_bass_in_fifths(bass):
    chords = tuple((low % 12, (low + 4) % 12, (low + 7) % 12) for low in bass)
    led = lead_voices(chords, 3, 52, 74, below=Below(bass, by_same_player=False))
    for voice in range(3):
        pairs = [(low, chord[voice]) for low, chord in zip(bass, led, strict=True)]
        moves = [(a, b) for a, b in pairwise(pairs) if a != b]
        both = [in_parallel_fifths(a, b) for a, b in moves]
        assert not any(map(all, pairwise(both)))


@pytest.mark.parametrize(
    ("chord", "rootless", "shown"),
    [
        ((9, 0, 4, 7), True, {9, 0, 7}),
        ((9, 0, 4, 7), False, {9, 0, 4}),
        ((9, 1, 4, 7), False, {9, 1, 7}),
        ((2, 5, 9, 0), True, {5, 9, 0}),
    ],
    ids=["root", "triad", "blues", "elsewhere"],
)
def test_the_tonic_chord_is_heard_as_home(chord, rootless, shown):
    [voicing] = lead_voices((chord,), 3, 52, 74, rootless=rootless, home=9)
    assert {pitch % 12 for pitch in voicing} == shown
    if chord[0] == 9:
        assert voicing[-1] % 12 in chord[:3]


@every_style
@both_seeds
def test_the_arc_of_energy_is_played(genre, seed):
    song = composed(seed=seed, genre=genre)

    def notes_per_bar(section):
        start, end = song.plan.span(section)
        played = [
            n for t in song.arrangement.tracks for n in t.notes if start <= n.start_beat < end
        ]
        return len(played) / section.bars

    sections = song.plan.sections
    peak = max(sections, key=lambda section: (section.energy, section.index))
    assert peak.index >= len(sections) // 3
    assert notes_per_bar(peak) > notes_per_bar(sections[0])


@every_style
def test_hooks_come_back(genre):
    song = composed(seed=1, genre=genre)
    again = [s for s in song.plan.sections if s.repeat_of is not None]
    tunes = defaultdict(set)
    for note in song.composition.melody:
        for section in song.plan.sections:
            start, end = song.plan.span(section)
            if start <= note.start_beat < end:
                place = round(note.start_beat - start, 3)
                tunes[section.index].add((place, (note.pitch - section.key.tonic) % 12))
    shares = [
        len(tunes[s.index] & tunes[s.repeat_of]) / len(tunes[s.repeat_of])
        for s in again
        if tunes[s.repeat_of] and tunes[s.index] and family(s.name) != "frame"
    ]
    assert not shares or max(shares) >= 0.5


@every_style
@both_seeds
def test_songs_end_at_home(genre, seed):
    song = composed(seed=seed, genre=genre)
    plan, last = song.plan, song.plan.sections[-1]
    assert last.chords[-1].root == last.key.tonic
    lowest = [t for t in plan.tracks if t.role is Role.BASS and t.id in last.track_ids]
    for track in lowest:
        final = song.arrangement.track(track.id).notes[-1]
        assert final.pitch % 12 == last.key.tonic
    gains = [a.points[-1].value for a in song.arrangement.automation if a.parameter == "gain_db"]
    assert plan.ending in {"cold", "fade", "ritardando"}
    assert any(level < -30 for level in gains) == (plan.ending == "fade")
    if plan.ending == "ritardando":
        assert plan.tempo_points[-1].tempo_bpm < plan.tempo_bpm


@pytest.mark.parametrize("genre", ["pop", "rock", "country", "disco", "metal", "reggaeton"])
def test_fills_lead_into_every_fourth_bar_where_the_song_is_lively(genre):
    song = composed(seed=1, genre=genre)
    plan = song.plan
    strokes = defaultdict(set)
    for note in song.arrangement.track("drums").notes:
        bar, place = divmod(note.start_beat + 0.05, plan.metre.bar_beats)
        strokes[int(bar)].add((round(place * 4), note.pitch))
    lively = [s for s in plan.sections if s.energy >= 0.5 and s.bars >= 8 and s.name != "build"]
    ends = [s.start_bar + bar for s in lively for bar in range(3, s.bars - 1, 4)]
    assert ends
    assert all(strokes[bar] != strokes[bar - 1] for bar in ends)


@every_style
def test_melodies_have_one_late_height_and_phrases_that_are_held(genre):
    heights, held, phrases = [], 0, 0
    for seed in SEEDS:
        song = composed(seed=seed, genre=genre)
        melody = song.composition.melody
        top = max(note.pitch for note in melody)
        heights.append(max(n.start_beat for n in melody if n.pitch == top) / song.plan.total_beats)
        for note, after in pairwise(melody):
            if after.start_beat - note.end_beat >= 0.45:
                phrases += 1
                held += note.duration_beats >= 0.5
    assert max(heights) >= 0.3
    assert held >= 0.5 * phrases


@settings(max_examples=14, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    genre=st.sampled_from(STYLES),
    metre=st.sampled_from(["4/4", "3/4", "6/8", "5/4", "7/8", "12/8"]),
    seconds=st.integers(12, 70),
    words=st.lists(
        st.sampled_from(["slow", "no drums", "huge ending", "sad", "fast", "in F# minor", "calm",
                         "over Am F C G", "with cello", "just piano", "build", "loop"]),
        max_size=3,
    ),
    seed=st.integers(0, 2**31),
)  # fmt: skip
def test_whatever_is_asked_can_be_played(genre, metre, seconds, words, seed):
    prompt = ", ".join([f"a {style(genre).name} song", *words])
    song = composed(prompt, seed, time_signature=metre, duration_seconds=float(seconds))
    check_playable(song)
    for note, after in pairwise(song.composition.melody):
        assert note.end_beat <= after.start_beat + 1e-6
