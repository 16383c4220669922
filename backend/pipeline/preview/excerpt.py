"""Some bars of a song as a song of their own."""

from collections.abc import Iterable
from dataclasses import replace

from backend.pipeline.artifacts import (
    Arrangement,
    Automation,
    AutomationPoint,
    ControlChange,
    Note,
    PitchBend,
    SectionPlan,
    SongPlan,
    TempoPoint,
    Track,
)
from backend.pipeline.theory.tempo_map import TempoMap

TAIL_SECONDS = 1.5
_LEAST_HELD_BEATS = 0.5
"""A note from before the excerpt is heard in it when this much of it remains."""
_EARLY_BEATS = 0.12
"""A humanised note may begin a little before its bar."""


def cut(plan: SongPlan, arrangement: Arrangement, bars: range) -> tuple[SongPlan, Arrangement]:
    """Return plan and arrangement of the bars; the first of them becomes bar 0.

    Tracks that rest in these bars are left out of the arrangement. What controllers, bends, tempo
    and automation were at the first bar, they are at the start.
    """
    bar_beats = plan.metre.bar_beats
    start, end = bars.start * bar_beats, bars.stop * bar_beats
    tracks = (_track(track, start, end) for track in arrangement.tracks)
    played = replace(
        arrangement,
        tracks=tuple(track for track in tracks if track.notes),
        automation=tuple(_line(line, start) for line in arrangement.automation if line.points),
    )
    return _plan(plan, bars), played


def _plan(plan: SongPlan, bars: range) -> SongPlan:
    tempo = TempoMap.from_plan(plan)
    start, end = (bar * plan.metre.bar_beats for bar in (bars.start, bars.stop))
    return replace(
        plan,
        duration_seconds=tempo.seconds(end) - tempo.seconds(start) + TAIL_SECONDS,
        sections=tuple(_sections(plan.sections, bars)),
        tempo_points=_tempo_points(plan.tempo_points, start),
        ending="cold",
        asked={},
    )


def _sections(sections: Iterable[SectionPlan], bars: range) -> Iterable[SectionPlan]:
    for section in sections:
        first = max(section.start_bar, bars.start)
        last = min(section.start_bar + section.bars, bars.stop)
        if first < last:
            yield replace(section, start_bar=first - bars.start, bars=last - first, repeat_of=None)


def _tempo_points(points: tuple[TempoPoint, ...], start: float) -> tuple[TempoPoint, ...]:
    before = [point for point in points if point.beat <= start]
    after = (point for point in points if point.beat > start)
    return (
        *(replace(point, beat=0.0) for point in before[-1:]),
        *(replace(point, beat=point.beat - start) for point in after),
    )


def _track(track: Track, start: float, end: float) -> Track:
    notes = (_note(note, start, end) for note in track.notes)
    return replace(
        track,
        notes=tuple(note for note in notes if note is not None),
        controls=_controls(track.controls, start, end),
        bends=_bends(track.bends, start, end),
    )


def _note(note: Note, start: float, end: float) -> Note | None:
    begins, ends = note.start_beat - start, min(note.end_beat, end) - start
    if begins < -_EARLY_BEATS and ends < _LEAST_HELD_BEATS:
        return None
    if ends <= 0 or begins >= end - start - _EARLY_BEATS:
        return None
    begins = max(0.0, begins)
    return replace(note, start_beat=begins, duration_beats=ends - begins)


def _controls(
    changes: tuple[ControlChange, ...], start: float, end: float
) -> tuple[ControlChange, ...]:
    held = {
        change.controller: replace(change, beat=0.0) for change in changes if change.beat < start
    }
    later = (
        replace(change, beat=change.beat - start)
        for change in changes
        if start <= change.beat < end
    )
    return (*held.values(), *later)


def _bends(bends: tuple[PitchBend, ...], start: float, end: float) -> tuple[PitchBend, ...]:
    before = [bend for bend in bends if bend.beat < start]
    return (
        *(replace(bend, beat=0.0) for bend in before[-1:]),
        *(replace(bend, beat=bend.beat - start) for bend in bends if start <= bend.beat < end),
    )


def _line(line: Automation, start: float) -> Automation:
    """Move a line of automation; the mixer draws straight on from points before the start."""
    return replace(
        line,
        points=tuple(AutomationPoint(point.beat - start, point.value) for point in line.points),
    )
