"""A melody as a gapless row of notes and rests."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.pipeline.generation.neural.vocabulary import (
    LOWEST_PITCH,
    REST,
    SHORTEST_REST_TICKS,
    nearest_duration,
)


class Event(NamedTuple):
    """A note or a rest at its place, in ticks."""

    onset: int
    length: int
    token: int
    """Pitch above ``LOWEST_PITCH``, or ``REST``."""

    @property
    def duration(self) -> int:
        """Index of the closest length in ``DURATIONS``."""
        return nearest_duration(self.length)


class Span(NamedTuple):
    """A note in ticks, before rests are written out."""

    start: int
    end: int
    pitch: int


def tile(spans: Sequence[Span]) -> list[Event]:
    """Write out the rests between the notes of one voice.

    Overlaps are cut at the next note's start; gaps shorter than an eighth are filled by the note
    before them.

    Parameters
    ----------
    spans : sequence of Span
        Notes ordered by strictly rising start, pitches 48 to 95.

    Returns
    -------
    list of Event
        Each event ends where the next one starts.
    """
    events: list[Event] = []
    for index, span in enumerate(spans):
        next_start = spans[index + 1].start if index + 1 < len(spans) else span.end
        end = min(span.end, next_start)
        gap = next_start - end
        if gap < SHORTEST_REST_TICKS:
            end, gap = next_start, 0
        events.append(Event(span.start, end - span.start, span.pitch - LOWEST_PITCH))
        if gap:
            events.append(Event(end, gap, REST))
    return events
