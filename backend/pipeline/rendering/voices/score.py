"""A track as the synthesiser voices read it: arrays of notes and curves of controllers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import SAMPLE_RATE, Track
from backend.pipeline.rendering.events import controller_frames, frame_at, held_notes
from backend.pipeline.theory.tempo_map import TempoMap

CONTROL_STEP = 64
"""Frames between the values of a curve."""

BEND, WHEEL, LEVEL, BEAT = 0, 1, 2, 3

_WHEEL, _EXPRESSION = 1, 11


@dataclass(frozen=True, slots=True)
class Score:
    """What to play."""

    notes: NDArray[np.float64]
    """Shape (notes, 5): first frame, last frame, pitch, velocity 0 to 1, pitch before it."""
    curves: NDArray[np.float64]
    """One value per ``CONTROL_STEP`` frames; rows ``BEND`` (semitones), ``WHEEL`` (0 to 1),
    ``LEVEL`` (expression as a gain) and ``BEAT`` (where in the song it is)."""


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
    notes = [note for note in held_notes(track, tempo) if note.start < frames]
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
                _held(controller_frames(track, tempo, _WHEEL), count, 0.0) / 127,
                np.square(_held(controller_frames(track, tempo, _EXPRESSION), count, 127.0) / 127),
                _beats(tempo, count),
            ]
        ),
    )


def _held(points: list[tuple[int, float]], count: int, start: float) -> NDArray[np.float64]:
    """Return a curve that keeps each value until the next one."""
    curve = np.full(count, start)
    for frame, value in sorted(points):
        curve[frame // CONTROL_STEP :] = value
    return curve


def _beats(tempo: TempoMap, count: int) -> NDArray[np.float64]:
    """Return the beat of every value of a curve."""
    seconds = np.arange(count) * CONTROL_STEP / SAMPLE_RATE
    place = np.searchsorted(tempo.seconds_at, seconds, side="right") - 1
    starts, lengths = np.array(tempo.seconds_at), np.array(tempo.seconds_per_beat)
    beats = np.array(tempo.beats_at)[place] + (seconds - starts[place]) / lengths[place]
    return np.asarray(beats, dtype=np.float64)
