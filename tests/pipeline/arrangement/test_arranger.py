from collections import defaultdict
from itertools import pairwise

import pytest

from backend.pipeline.arrangement.performance import separated
from backend.pipeline.arrangement.voicing import lead_voices
from backend.pipeline.artifacts import Note, Role, TrackPlan
from backend.pipeline.styles import all_styles
from backend.pipeline.theory.instruments import INSTRUMENTS, MONOPHONIC
from tests.pipeline.songs import composed

STYLES = [candidate.id for candidate in all_styles()]
METRES = ["6/8", "7/8"]


def check_playable(song):
    for track, played in zip(song.plan.tracks, song.arrangement.tracks, strict=True):
        assert track.id == played.track_id
        assert played.notes or track.role is Role.COUNTER, track.id
        ends: dict[int, float] = defaultdict(float)
        single = not track.is_drums and (
            track.program in MONOPHONIC or track.role in {Role.LEAD, Role.BASS, Role.COUNTER}
        )
        instrument = INSTRUMENTS[track.program]
        for note in played.notes:
            key = 0 if single else note.pitch
            assert note.start_beat >= ends[key] - 1e-4
            ends[key] = note.end_beat
            assert 1 <= note.velocity <= 127
            assert note.duration_beats > 0
            assert 0 <= note.start_beat < song.plan.total_beats
            assert note.end_beat <= song.plan.total_beats + 1e-4
            if not track.is_drums:
                assert instrument.low <= note.pitch <= instrument.high


@pytest.mark.parametrize("genre", STYLES)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_style_is_playable(genre, seed):
    check_playable(composed(seed=seed, genre=genre))


@pytest.mark.parametrize("genre", STYLES)
@pytest.mark.parametrize("metre", METRES)
def test_every_style_is_playable_in_other_metres(genre, metre):
    check_playable(composed(seed=3, genre=genre, time_signature=metre, duration_seconds=30.0))


@pytest.mark.parametrize("genre", STYLES)
def test_tracks_keep_to_their_sections(genre):
    song = composed(seed=1, genre=genre)
    bar = song.plan.metre.bar_beats
    for played in song.arrangement.tracks:
        silent = [s for s in song.plan.sections if played.track_id not in s.track_ids]
        for section in silent:
            start, end = section.start_bar * bar, (section.start_bar + section.bars) * bar
            inside = [n for n in played.notes if start + 0.2 < n.start_beat < end - 2.1]
            assert not inside


@pytest.mark.parametrize("genre", ["pop", "rock", "trap", "funk", "metal", "drum_and_bass"])
def test_the_bass_meets_the_kick(genre):
    shares = []
    for seed in (1, 2, 3):
        song = composed(seed=seed, genre=genre)
        kicks = [n.start_beat for n in song.arrangement.track("drums").notes if n.pitch == 36]
        bass = [n.start_beat for n in song.arrangement.track("bass").notes]
        met = [any(abs(kick - beat) < 0.12 for kick in kicks) for beat in bass]
        offbeat = [m for m, beat in zip(met, bass, strict=True) if m or round(beat * 2) % 2]
        shares.append(sum(offbeat) / max(1, len(offbeat)))
    assert sum(shares) / len(shares) > 0.4


@pytest.mark.parametrize("genre", ["pop", "house", "jazz_swing", "ballad"])
def test_louder_sections_are_louder(genre):
    song = composed(seed=2, genre=genre)
    bar = song.plan.metre.bar_beats

    def level(section):
        start, end = section.start_bar * bar, (section.start_bar + section.bars) * bar
        return sum(n.velocity for t in song.arrangement.tracks for n in t.notes
                   if start <= n.start_beat < end) / section.bars  # fmt: skip

    ordered = sorted(song.plan.sections, key=lambda section: section.energy)
    assert level(ordered[-1]) > 1.2 * level(ordered[0])


def test_drums_repeat_but_not_like_a_machine():
    song = composed(seed=1, genre="pop")
    bars: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for note in song.arrangement.track("drums").notes:
        bars[int((note.start_beat + 0.05) // 4)].add((round(note.start_beat * 4) % 16, note.pitch))
    shapes = [frozenset(shape) for shape in bars.values()]
    assert 0.05 < len(set(shapes)) / len(shapes) < 0.5


def test_swing_delays_offbeats_and_straight_styles_do_not():
    def lateness(genre):
        song = composed(seed=1, genre=genre, time_signature="4/4")
        notes = song.arrangement.track("lead").notes
        off = [n.start_beat % 1 for n in notes if 0.4 < n.start_beat % 1 < 0.72]
        return sum(off) / len(off)

    assert lateness("jazz_swing") > 0.6
    assert abs(lateness("punk") - 0.5) < 0.04


def test_people_are_not_machines():
    song = composed(seed=1, genre="folk")
    offs = [abs(n.start_beat * 4 - round(n.start_beat * 4))
            for n in song.arrangement.track("keys").notes]  # fmt: skip
    assert max(offs) > 0.005
    assert len({n.velocity for n in song.arrangement.track("keys").notes}) > 10


def test_a_fade_reaches_silence_at_the_end():
    song = composed("a reggae song that fades out", seed=1)
    fades = [a for a in song.arrangement.automation if a.parameter == "gain_db"]
    assert {a.track_id for a in fades} == {track.id for track in song.plan.tracks}
    assert all(a.points[-1].beat == pytest.approx(song.plan.total_beats) for a in fades)
    assert all(a.points[-1].value < -30 for a in fades)


def test_cold_endings_land_together():
    song = composed(seed=1, genre="rock")
    last = song.plan.total_beats - song.plan.metre.bar_beats
    for track in song.arrangement.tracks:
        after = [n for n in track.notes if n.start_beat > last + 0.3]
        assert not after


PROGRESSION = ((0, 4, 7), (7, 11, 2), (9, 0, 4), (5, 9, 0)) * 2


@pytest.mark.parametrize("voices", [3, 4])
def test_voices_move_little_and_never_in_parallel_fifths(voices):
    led = lead_voices(PROGRESSION, voices, 52, 74)
    for chord, voicing in zip(PROGRESSION, led, strict=True):
        assert {pitch % 12 for pitch in voicing} == set(chord)
        assert 52 <= min(voicing) <= max(voicing) <= 74
    for one, two in pairwise(led):
        moves = [b - a for a, b in zip(one, two, strict=True)]
        assert sum(abs(move) for move in moves) <= 4 * voices
        for low in range(voices):
            for high in range(low + 1, voices):
                gap = (one[high] - one[low]) % 12
                same = (two[high] - two[low]) % 12 == gap
                assert not (gap in {0, 7} and same and moves[low] == moves[high] != 0)


def test_overlaps_of_one_pitch_are_cut():
    track = TrackPlan("keys", "Piano", Role.KEYS, "acoustic grand piano", 0)
    notes = [Note(60, 0.0, 4.0, 80), Note(60, 1.0, 1.0, 80), Note(64, 0.5, 9.0, 80)]
    result = separated(notes, track, 8.0)
    assert [(n.pitch, n.duration_beats) for n in result] == [(60, 1.0), (64, 7.5), (60, 1.0)]
