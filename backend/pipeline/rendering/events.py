"""What a player is told, and when: a track's beats turned into frames of audio."""

from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from backend.pipeline.artifacts import SAMPLE_RATE, Note, Track
from backend.pipeline.theory.tempo_map import TempoMap

MIXER_CONTROLLERS = frozenset({7, 10})
"""Volume and pan: they are in the MIDI file, but in the song they are the mixer's business."""

SUSTAIN = 64
"""The controller of the pedal."""


class Kind(IntEnum):
    """Kinds of events, in the order in which they happen at one instant."""

    NOTE_OFF = 0
    CONTROL = 1
    BEND = 2
    NOTE_ON = 3


class Event(NamedTuple):
    """One instruction to the instrument; sorts by time, then by kind."""

    frame: int
    kind: Kind
    number: int
    """Pitch or controller."""
    value: float
    """Velocity, controller value or semitones."""


class Sounding(NamedTuple):
    """One note in frames, never overlapping the next one of its pitch."""

    start: int
    end: int
    pitch: int
    velocity: int


def frame_at(tempo: TempoMap, beat: float) -> int:
    """Return the frame that sounds at ``beat``; nothing sounds before the song starts."""
    return max(0, round(tempo.seconds(beat) * SAMPLE_RATE))


def sounding_notes(track: Track, tempo: TempoMap, grid: int = 1) -> list[Sounding]:
    """Return the notes in frames, ordered by start.

    A repeated pitch ends the note before it, as a finger can press a key only once; of two equal
    notes at one instant the louder one plays.

    Parameters
    ----------
    track : Track
        The notes.
    tempo : TempoMap
        Where beats lie in time.
    grid : int
        Frames to round to; every note lasts one grid step at least.
    """
    by_start: dict[tuple[int, int], Note] = {}
    for note in track.notes:
        place = (note.pitch, _rounded(frame_at(tempo, note.start_beat), grid))
        if place not in by_start or note.velocity > by_start[place].velocity:
            by_start[place] = note
    notes: list[Sounding] = []
    ordered = sorted(by_start.items(), key=lambda item: item[0])
    for index, ((pitch, start), note) in enumerate(ordered):
        end = max(start + grid, _rounded(frame_at(tempo, note.end_beat), grid))
        if index + 1 < len(ordered) and ordered[index + 1][0][0] == pitch:
            end = min(end, ordered[index + 1][0][1])
        notes.append(Sounding(start, end, pitch, note.velocity))
    return sorted(notes)


def held_notes(track: Track, tempo: TempoMap) -> list[Sounding]:
    """Return the notes, those that end under a pressed pedal held until it rises."""
    notes = sounding_notes(track, tempo)
    pedal = sorted(controller_frames(track, tempo, SUSTAIN))
    if not pedal:
        return notes
    places = [frame for frame, _ in pedal]
    next_start: dict[int, int] = {}
    held = []
    for note in reversed(notes):
        place = bisect_right(places, note.end) - 1
        end = note.end
        if place >= 0 and pedal[place][1] >= 64:
            end = next((frame for frame, value in pedal[place:] if value < 64), end)
            end = min(end, next_start.get(note.pitch, end))
        next_start[note.pitch] = note.start
        held.append(note._replace(end=end))
    return held[::-1]


def controller_frames(track: Track, tempo: TempoMap, number: int) -> list[tuple[int, float]]:
    """Return when a controller takes which value, in frames."""
    return [
        (frame_at(tempo, change.beat), float(change.value))
        for change in track.controls
        if change.controller == number
    ]


def events(track: Track, tempo: TempoMap, grid: int) -> list[Event]:
    """Return everything the track does in the order in which it happens.

    Parameters
    ----------
    track : Track
        Notes, controllers and bends.
    tempo : TempoMap
        Where beats lie in time.
    grid : int
        Frames to round to.
    """
    return sorted([*_note_events(track, tempo, grid), *_controller_events(track, tempo, grid)])


def _note_events(track: Track, tempo: TempoMap, grid: int) -> Iterator[Event]:
    for note in sounding_notes(track, tempo, grid):
        yield Event(note.start, Kind.NOTE_ON, note.pitch, note.velocity)
        yield Event(note.end, Kind.NOTE_OFF, note.pitch, 0)


def _controller_events(track: Track, tempo: TempoMap, grid: int) -> Iterator[Event]:
    for change in track.controls:
        if change.controller not in MIXER_CONTROLLERS:
            frame = _rounded(frame_at(tempo, change.beat), grid)
            yield Event(frame, Kind.CONTROL, change.controller, change.value)
    for bend in track.bends:
        yield Event(
            _rounded(frame_at(tempo, bend.beat), grid), Kind.BEND, 0, round(bend.semitones, 4)
        )


def _rounded(frame: int, grid: int) -> int:
    return round(frame / grid) * grid
