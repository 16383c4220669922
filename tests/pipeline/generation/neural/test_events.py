from hypothesis import given
from hypothesis import strategies as st

from backend.pipeline.generation.neural.events import Event, Span, tile
from backend.pipeline.generation.neural.vocabulary import DURATIONS, REST, nearest_duration


@st.composite
def voices(draw: st.DrawFn) -> list[Span]:
    starts = draw(st.lists(st.integers(0, 400), min_size=1, max_size=30, unique=True))
    return [
        Span(start, start + draw(st.integers(1, 120)), draw(st.integers(48, 95)))
        for start in sorted(starts)
    ]


@given(voices())
def test_events_follow_each_other_without_gap(spans: list[Span]) -> None:
    events = tile(spans)
    ends = [event.onset + event.length for event in events]
    assert [event.onset for event in events[1:]] == ends[:-1]
    assert all(event.length > 0 for event in events)


@given(voices())
def test_every_note_keeps_its_start_and_pitch(spans: list[Span]) -> None:
    notes = [(e.onset, e.token + 48) for e in tile(spans) if e.token != REST]
    assert notes == [(span.start, span.pitch) for span in spans]


def test_a_gap_of_an_eighth_is_a_rest_and_a_shorter_one_is_articulation() -> None:
    rest = tile([Span(0, 6, 60), Span(12, 18, 62)])
    held = tile([Span(0, 7, 60), Span(12, 18, 62)])
    assert rest == [Event(0, 6, 12), Event(6, 6, REST), Event(12, 6, 14)]
    assert held == [Event(0, 12, 12), Event(12, 6, 14)]


def test_the_nearest_duration_of_each_known_length_is_itself() -> None:
    assert [DURATIONS[nearest_duration(length)] for length in DURATIONS] == list(DURATIONS)
    assert DURATIONS[nearest_duration(500)] == 96
