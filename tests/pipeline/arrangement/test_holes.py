"""Where all would rest for long, somebody holds a note; where anybody plays, nothing changes."""

import pytest

from backend.pipeline.arrangement.holes import (
    BREATH,
    LONGEST_REST_SECONDS,
    LONGEST_SECONDS,
    held_over,
)
from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note, StageName
from backend.pipeline.styles import style
from tests.pipeline.songs import composed, context


def rests(notes: list[Note]) -> list[float]:
    """Beats of silence between notes."""
    silences, end = [], 0.0
    for note in sorted(notes, key=lambda note: note.start_beat):
        silences.append(note.start_beat - end)
        end = max(end, note.end_beat)
    return silences


@pytest.mark.parametrize("instrument", ["saxophone", "trombone", "fiddle", "cello", "flute"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_who_plays_alone_rests_no_longer_than_for_a_breath(instrument, seed):
    song = composed(f"solo {instrument} in 6/8", seed=seed, duration_seconds=60)
    notes = [note for track in song.arrangement.tracks for note in track.notes]
    assert max(rests(notes)) * 60 / song.plan.tempo_bpm <= LONGEST_REST_SECONDS + 0.1


def scene(prompt: str) -> Scene:
    plan = composed(prompt, seed=1, duration_seconds=40).plan
    first = plan.sections[0]
    return Scene(
        plan=plan, genre=style(plan.genre), section=first, melody=(), counter=(),
        stop=plan.span(first)[1], following=None, context=context(StageName.ARRANGEMENT),
    )  # fmt: skip


def test_the_last_note_before_a_hole_is_held_up_to_a_breath_before_the_next():
    alone = scene("solo flute, 60 bpm")
    notes = (Note(72, 0.0, 1.0, 80), Note(74, 4.0, 3.5, 80))
    assert held_over(alone, {"lead": notes})["lead"][0] == Note(72, 0.0, 4.0 - BREATH, 80)
    assert held_over(alone, {"lead": notes})["lead"][1].start_beat == 4.0


def test_nobody_holds_a_note_for_longer_than_a_breath_lasts():
    alone = scene("solo flute, 60 bpm")
    (held,) = held_over(alone, {"lead": [Note(72, 0.0, 1.0, 80)]})["lead"]
    assert held.duration_beats == pytest.approx(min(1.0 + LONGEST_SECONDS, alone.stop - BREATH))


@pytest.mark.parametrize(
    "others", [[Note(48, 0.0, 4.0, 80)], [Note(48, 1.5, 0.5, 80), Note(48, 2.5, 1.0, 80)]]
)
def test_where_somebody_plays_there_is_no_hole(others):
    several = scene("only flute and cello, 60 bpm")
    one, other = (track.id for track in several.plan.tracks)
    until = several.stop - 4.0
    notes = [Note(72, 0.0, 1.0, 80), Note(74, 4.0, until, 80)]
    assert held_over(several, {one: notes, other: others}) == {}
