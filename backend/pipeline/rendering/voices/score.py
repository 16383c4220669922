"""A track as the synthesiser voices read it: arrays of notes and curves of controllers."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Track
from backend.pipeline.rendering.events import Sounding, frame_at, sounding_notes
from backend.pipeline.theory.tempo_map import TempoMap

CONTROL_STEP = 64
"""Frames between the values of a curve."""

BEND, WHEEL, LEVEL = 0, 1, 2

_WHEEL, _EXPRESSION, _SUSTAIN = 1, 11, 64


@dataclass(frozen=True, slots=True)
class Score:
    """What to play."""

    notes: NDArray[np.float64]
    """Shape (notes, 5): first frame, last frame, pitch, velocity 0 to 1, pitch before it."""
    curves: NDArray[np.float64]
    """One value per ``CONTROL_STEP`` frames; rows ``BEND`` (semitones), ``WHEEL`` (0 to 1) and
    ``LEVEL`` (expression as a gain)."""


def read_score(track: Track, tempo: TempoMap, frames: int) -> Score:
    """Turn a track into arrays.

    Parameters
    ----------
    track : Track
        Notes, controllers and bends.
    tempo : TempoMap
        Where beats lie in time.
    frames : int
        Length of the song; what starts later is left out.
    """
    notes = [note for note in _with_pedal(track, tempo) if note.start < frames]
    before = [note.pitch for note in notes[:1]] + [note.pitch for note in notes[:-1]]
    count = frames // CONTROL_STEP + 2
    bends = [(frame_at(tempo, bend.beat), bend.semitones) for bend in track.bends]
    return Score(
        notes=np.array(
            [
                (note.start, note.end, note.pitch, note.velocity / 127, previous)
                for note, previous in zip(notes, before, strict=True)
            ],
            dtype=np.float64,
        ).reshape(-1, 5),
        curves=np.stack(
            [
                _held(bends, count, 0.0),
                _held(_controller(track, tempo, _WHEEL), count, 0.0) / 127,
                np.square(_held(_controller(track, tempo, _EXPRESSION), count, 127.0) / 127),
            ]
        ),
    )


def _controller(track: Track, tempo: TempoMap, number: int) -> list[tuple[int, float]]:
    return [
        (frame_at(tempo, change.beat), float(change.value))
        for change in track.controls
        if change.controller == number
    ]


def _held(points: list[tuple[int, float]], count: int, start: float) -> NDArray[np.float64]:
    """Return a curve that keeps each value until the next one."""
    curve = np.full(count, start)
    for frame, value in sorted(points):
        curve[frame // CONTROL_STEP :] = value
    return curve


def _with_pedal(track: Track, tempo: TempoMap) -> list[Sounding]:
    """Return the notes, those that end under a pressed pedal held until it rises."""
    notes = sounding_notes(track, tempo)
    pedal = sorted(_controller(track, tempo, _SUSTAIN))
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
