"""What moves during the song: ducking under the kick, automation, fades.

Curves have one value per ``STEP`` frames (1.45 ms); the mixer draws straight lines between them.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    Automation,
    Role,
    SongPlan,
)
from backend.pipeline.theory.tempo_map import TempoMap

STEP = 64
"""Frames from one value of a curve to the next."""

Curve = NDArray[np.float32]

KICKS = frozenset({35, 36})
"""General MIDI keys of bass drums."""
_ATTACK_SECONDS, _HOLD_SECONDS, _RELEASE_SECONDS = 0.004, 0.03, 0.19
_TAIL_FADE_SECONDS = 2.0
_SHORTEST_FADE_SECONDS = 0.25


def steps(frames: int) -> int:
    """Return how many values a curve over ``frames`` has, with one beyond the end."""
    return frames // STEP + 2


def duck_shape(plan: SongPlan, arrangement: Arrangement, tempo: TempoMap, count: int) -> Curve:
    """Return how strongly the kick claims its room, 0 to 1, from the drum tracks' notes."""
    drums = {track.id for track in plan.tracks if track.role is Role.DRUMS}
    kicks = sorted(
        tempo.seconds(note.start_beat)
        for track in arrangement.tracks
        if track.track_id in drums
        for note in track.notes
        if note.pitch in KICKS
    )
    shape = _one_kick()
    lead = round(_ATTACK_SECONDS * SAMPLE_RATE / STEP)
    curve = np.zeros(count + shape.size, dtype=np.float32)
    for kick in kicks:
        start = max(0, round(kick * SAMPLE_RATE / STEP) - lead)
        room = curve[start : start + shape.size]
        np.maximum(room, shape[: room.size], out=room)
    return curve[:count]


def duck_gain(shape: Curve, depth_db: float) -> Curve:
    """Return the gain of a track that gives way to the kick by ``depth_db``."""
    gain: Curve = np.power(10.0, -depth_db / 20 * shape, dtype=np.float32)
    return gain


def automation_curve(
    automation: Iterable[Automation],
    track_id: str,
    parameter: str,
    tempo: TempoMap,
    count: int,
) -> Curve | None:
    """Return a parameter of a track over the song, or None where nothing moves it."""
    points = sorted(
        (tempo.seconds(point.beat) * SAMPLE_RATE / STEP, point.value)
        for line in automation
        if line.track_id == track_id and line.parameter == parameter
        for point in line.points
    )
    if not points:
        return None
    places, values = zip(*points, strict=True)
    curve: Curve = np.interp(np.arange(count), places, values).astype(np.float32)
    return curve


def fade_out(plan: SongPlan, tempo: TempoMap, frames: int) -> Curve:
    """Return the gain of the whole song: 1, and within the tail a fade that reaches silence.

    A long fade as an ending is automation that the arrangement writes.
    """
    tail = frames / SAMPLE_RATE - tempo.seconds(plan.total_beats)
    length = min(_TAIL_FADE_SECONDS, max(_SHORTEST_FADE_SECONDS, 0.6 * tail))
    end = max(1, frames // STEP - 1)
    begin = max(0, end - round(length * SAMPLE_RATE / STEP))
    curve = np.ones(steps(frames), dtype=np.float32)
    curve[begin:end] = np.cos(np.linspace(0, np.pi / 2, end - begin)) ** 2
    curve[end:] = 0.0
    return curve


def _one_kick() -> Curve:
    attack, hold, release = (
        max(1, round(seconds * SAMPLE_RATE / STEP))
        for seconds in (_ATTACK_SECONDS, _HOLD_SECONDS, _RELEASE_SECONDS)
    )
    return np.concatenate(
        [
            np.linspace(0, 1, attack, endpoint=False),
            np.ones(hold),
            np.cos(np.linspace(0, np.pi / 2, release)) ** 2,
        ]
    ).astype(np.float32)
