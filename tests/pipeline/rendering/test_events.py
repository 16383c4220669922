from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.artifacts import ControlChange, Note, PitchBend, TempoPoint, Track
from backend.pipeline.rendering.events import Kind, events, sounding_notes
from backend.pipeline.theory.tempo_map import TempoMap

TEMPO = TempoMap.from_points([TempoPoint(0, 120)], 120)

notes = st.builds(
    Note,
    pitch=st.integers(40, 44),
    start_beat=st.floats(-0.1, 16),
    duration_beats=st.floats(0.0, 4),
    velocity=st.integers(1, 127),
)


@given(st.lists(notes, max_size=40), st.sampled_from([1, 64]))
def test_notes_of_one_pitch_never_overlap_and_all_last(played, grid):
    ends: dict[int, int] = {}
    for note in sounding_notes(Track("keys", tuple(played)), TEMPO, grid):
        assert 0 <= note.start < note.end
        assert note.start % grid == 0
        assert ends.get(note.pitch, 0) <= note.start
        ends[note.pitch] = note.end


@given(st.lists(notes, max_size=40))
def test_every_note_that_starts_is_released_later(played):
    held: set[int] = set()
    last = 0
    for event in events(Track("keys", tuple(played)), TEMPO, 64):
        assert event.frame >= last
        last = event.frame
        if event.kind is Kind.NOTE_ON:
            assert event.number not in held
            held.add(event.number)
        elif event.kind is Kind.NOTE_OFF:
            held.remove(event.number)
    assert not held


def test_a_note_starts_within_a_block_of_its_beat():
    track = Track("keys", (Note(60, 3.0, 1.0, 90),))
    (note,) = sounding_notes(track, TEMPO, 64)
    assert abs(note.start - 1.5 * 44_100) <= 32


def test_of_two_equal_notes_the_louder_plays():
    track = Track("keys", (Note(60, 0.0, 1.0, 40), Note(60, 0.0, 1.0, 90)))
    assert [note.velocity for note in sounding_notes(track, TEMPO)] == [90]


def test_controllers_come_before_the_notes_of_their_instant():
    track = Track(
        "lead",
        (Note(60, 1.0, 1.0, 90),),
        (ControlChange(1.0, 11, 50),),
        (PitchBend(1.0, -1.5),),
    )
    assert [event.kind for event in events(track, TEMPO, 64)] == [
        Kind.CONTROL,
        Kind.BEND,
        Kind.NOTE_ON,
        Kind.NOTE_OFF,
    ]


def test_volume_and_pan_are_left_to_the_mixer():
    controls = tuple(ControlChange(0.0, number, 10) for number in (7, 10, 64))
    numbers = [event.number for event in events(Track("keys", (), controls), TEMPO, 64)]
    assert numbers == [64]
