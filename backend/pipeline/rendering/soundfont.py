"""One track played by the sound bank."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from backend.errors import StageFailed
from backend.pipeline.artifacts import SAMPLE_RATE, Track, TrackPlan
from backend.pipeline.rendering.events import Event, Kind, events
from backend.pipeline.rendering.fluidsynth import BLOCK, Synth
from backend.pipeline.rendering.presets import Preset
from backend.pipeline.theory.tempo_map import TempoMap

_STRIDE = 4 * SAMPLE_RATE // BLOCK * BLOCK
"""Most frames computed in one call: how often progress is told (4 s of music)."""

Advance = Callable[[int], None]
"""Told how many frames more are done."""


def play(
    plan: TrackPlan,
    track: Track,
    tempo: TempoMap,
    preset: Preset,
    bank_path: str,
    audio: NDArray[np.float32],
    advance: Advance,
) -> None:
    """Render a track with a fresh synth.

    Parameters
    ----------
    plan, track : TrackPlan, Track
        Who plays, and what.
    tempo : TempoMap
        Where beats lie in time.
    preset : Preset
        The bank's preset to play with.
    bank_path : str
        The SoundFont.
    audio : ndarray
        Zeros, shape (2, frames); filled in place.
    advance : callable
        Told of the frames as they are done.

    Raises
    ------
    StageFailed
        If the preset cannot be loaded: the file is damaged.
    """
    with Synth(bank_path) as synth:
        if not synth.select(preset.bank, preset.program):
            raise StageFailed(
                f"The sound bank's preset “{preset.name}” for “{plan.name}” cannot be loaded; "
                "the SoundFont file seems to be damaged.",
                stage="rendering",
            )
        position, frames = 0, audio.shape[1]
        for event in events(track, tempo, BLOCK):
            if event.frame >= frames:
                break
            position = _render_to(synth, audio, position, event.frame, advance)
            _tell(synth, event)
        _render_to(synth, audio, position, frames, advance)


def _tell(synth: Synth, event: Event) -> None:
    match event.kind:
        case Kind.NOTE_ON:
            synth.note_on(event.number, int(event.value))
        case Kind.NOTE_OFF:
            synth.note_off(event.number)
        case Kind.CONTROL:
            synth.control(event.number, int(event.value))
        case Kind.BEND:
            synth.bend(event.value)


def _render_to(
    synth: Synth, audio: NDArray[np.float32], start: int, end: int, advance: Advance
) -> int:
    position = start
    while position < end:
        if not synth.is_sounding:  # silence needs no computing; the audio is zeros already
            advance(end - position)
            return end
        stop = min(end, position + _STRIDE)
        synth.process(audio, position, stop)
        advance(stop - position)
        position = stop
    return end
