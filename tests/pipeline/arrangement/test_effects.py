from itertools import pairwise

import pytest

from backend.pipeline.arrangement.effects import IMPACT, RISER
from backend.pipeline.artifacts import Role
from tests.pipeline.songs import composed

CLUB = ["house", "techno", "trance", "drum_and_bass", "dubstep", "synthwave"]


def effects_of(genre):
    song = composed("a song", 3, genre=genre, duration_seconds=75)
    (track,) = [t for t in song.plan.tracks if t.role is Role.EFFECTS]
    notes = next(t.notes for t in song.arrangement.tracks if t.track_id == track.id)
    return song.plan, track, notes


@pytest.mark.parametrize("genre", CLUB)
def test_club_tracks_arrive_with_impacts_and_rise_into_their_drops(genre):
    plan, track, notes = effects_of(genre)
    assert track.voice == "noise_fx"
    spans = [plan.span(section) for section in plan.sections if track.id in section.track_ids]
    impacts = [note.start_beat for note in notes if note.pitch == IMPACT]
    assert impacts == pytest.approx([start for start, _ in spans], abs=0.05)
    drops = [plan.span(s)[1] for s in plan.sections if s.transition == "drop" and s.bars > 2]
    for end in drops:
        riser = next(
            n for n in notes if n.pitch == RISER and n.start_beat < end <= n.end_beat + 1.1
        )
        assert riser.duration_beats >= 2 * plan.metre.bar_beats - 1.1


@pytest.mark.parametrize("genre", ["ambient", "lofi_hip_hop"])
def test_textures_lie_under_the_whole_song_without_a_hole(genre):
    plan, _, notes = effects_of(genre)
    assert notes[0].start_beat == pytest.approx(0.0, abs=0.05)
    assert notes[-1].end_beat == pytest.approx(plan.total_beats, abs=0.3)
    assert all(two.start_beat - one.end_beat < 0.06 for one, two in pairwise(notes))
