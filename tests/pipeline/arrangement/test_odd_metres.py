"""Fives and sevens: one grouping for the whole song, felt in every part, drummed in two bars."""

from collections import Counter
from itertools import pairwise

import pytest

from backend.pipeline.arrangement.grooves import KEYS
from backend.pipeline.artifacts import Metre, Role
from backend.pipeline.theory.metre import GROUPINGS, group_starts
from tests.pipeline.songs import composed, planned

GROUPED = [
    Metre(numerator, denominator, groups)
    for numerator, denominator in ((7, 8), (5, 4))
    for groups in GROUPINGS[numerator]
]
STYLES = ["pop", "rock", "disco"]

every_grouping = pytest.mark.parametrize("metre", GROUPED, ids=str)


def song_in(metre, genre, extra="", seed=1):
    groups = "+".join(map(str, metre.grouping))
    prompt = f"a {genre} song in {metre} as {groups}{extra}"
    song = composed(prompt, seed, genre=genre, duration_seconds=60.0)
    assert song.plan.metre == metre
    return song


def parts_of(song):
    yield "melody", song.composition.melody
    for track in song.plan.tracks:
        notes = song.arrangement.track(track.id).notes
        if track.role is Role.DRUMS:
            yield "drums", [note for note in notes if note.pitch == KEYS["K"]]
        elif track.role is Role.BASS:
            yield "bass", notes
        elif track.role in {Role.KEYS, Role.GUITAR}:
            yield "comping", notes


@every_grouping
def test_every_part_marks_the_groups_of_the_song_and_not_those_of_another(metre):
    others = {at for m in GROUPED if str(m) == str(metre) for at in group_starts(m)}
    own = set(group_starts(metre)) - {0.0}
    foreign = others - own - {0.0}
    marked, strayed = Counter(), Counter()
    for genre in STYLES:
        song = song_in(metre, genre)
        for part, notes in parts_of(song):
            places = [round(n.start_beat * 4) / 4 % metre.bar_beats for n in notes]
            marked[part] += sum(place in own for place in places) / len(own)
            strayed[part] += sum(place in foreign for place in places) / len(foreign)
    assert set(marked) == {"melody", "drums", "bass", "comping"}
    for part, count in marked.items():
        assert count > strayed[part], part


@every_grouping
def test_drums_turn_around_in_every_second_bar(metre):
    song = song_in(metre, "pop")
    bars = {}
    for note in song.arrangement.track("drums").notes:
        bar, place = divmod(note.start_beat + 0.05, metre.bar_beats)
        bars.setdefault(int(bar), set()).add((round(place * 2), note.pitch))
    last = round(metre.bar_beats * 2) - 1
    turned = Counter()
    for section in song.plan.sections:
        for number in range(section.bars):
            strokes = bars.get(section.start_bar + number, set())
            turned[number % 2] += (last, KEYS["K"]) in strokes
    unlike = [bars[a] != bars[b] for a, b in pairwise(sorted(bars)) if b == a + 1]
    assert turned[1] > 2 * turned[0]
    assert sum(unlike) > len(unlike) / 2


@every_grouping
def test_hands_play_open_tones_on_groups_and_lead_home_from_every_second_bar(metre):
    song = song_in(metre, "pop", ", with congas")
    hands = [t.id for t in song.plan.tracks if t.role is Role.PERCUSSION and t.is_drums]
    assert hands
    bars = {}
    for note in song.arrangement.track(hands[0]).notes:
        if note.pitch == KEYS["CO"]:
            bar, place = divmod(note.start_beat + 0.05, metre.bar_beats)
            bars.setdefault(int(bar) % 2, Counter())[round(place * 2) / 2] += 1
    starts = group_starts(metre)
    assert set(starts) <= set(bars[0])
    assert metre.bar_beats - 0.5 in bars[1]
    assert starts[-1] not in bars[1]


def test_who_names_no_grouping_gets_one_by_the_seed():
    for metre, numerator in (("7/8", 7), ("5/4", 5)):
        found = {planned("a song", seed, time_signature=metre).metre.grouping for seed in range(24)}
        assert found == set(GROUPINGS[numerator])


def test_a_grouping_that_does_not_fill_the_bar_is_no_grouping():
    plan = planned("a song in 7/8 as 3+3")
    assert sum(plan.metre.grouping) == 7


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "12/8"])
def test_even_metres_need_none(metre):
    assert planned("a song", time_signature=metre).metre.grouping == ()


def test_the_plan_says_how_it_is_counted():
    assert "7/8 is counted 3+2+2." in planned("a rock song in 7/8, 3+2+2").notes
