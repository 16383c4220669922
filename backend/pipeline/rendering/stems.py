"""The verb of this stage: every track of the arrangement becomes sound."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    SongPlan,
    SoundBank,
    Stem,
    Stems,
    Track,
    TrackPlan,
)
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import soundfont, voices
from backend.pipeline.rendering.fluidsynth import Synth
from backend.pipeline.rendering.presets import Preset, choose_preset
from backend.pipeline.rendering.progress import FrameCount
from backend.pipeline.theory.tempo_map import TempoMap

_THREADS = 2
_SILENCE = 1e-5
_STAND_IN, _STAND_IN_KIT = "pluck", "kit_909"
"""Voices that play what the bank leaves silent."""


@dataclass(frozen=True, slots=True)
class _Part:
    plan: TrackPlan
    track: Track
    preset: Preset
    audio: NDArray[np.float32]

    @property
    def is_synthesised(self) -> bool:
        return self.plan.voice in voices.VOICES


def render(
    plan: SongPlan, arrangement: Arrangement, bank: SoundBank, context: StageContext
) -> Stems:
    """Render every track of the arrangement.

    The same input gives the same bytes, whatever the order in which the threads take the tracks.

    Parameters
    ----------
    plan : SongPlan
        Tracks, tempo and length of the song.
    arrangement : Arrangement
        What the tracks play.
    bank : SoundBank
        The SoundFont.
    context : StageContext
        Room for the audio, and whom to tell how far it is.

    Returns
    -------
    Stems
        One per track of the arrangement, in its order and all as long as the song.

    Raises
    ------
    StageFailed
        If the sound bank cannot be read or has no sound for a track.
    """
    tempo = TempoMap.from_plan(plan)
    frames = song_frames(plan, tempo)
    plans = {track.id: track for track in plan.tracks}
    with Synth(bank.path) as idle:  # keeps the bank in FluidSynth's cache for the players
        presets = idle.presets()
        parts = [
            _Part(
                plans[track.track_id],
                track,
                choose_preset(presets, plans[track.track_id]),
                context.allocate(f"stem-{track.track_id}", (2, frames)),
            )
            for track in arrangement.tracks
        ]
        stood_in = _play_all(parts, tempo, bank, context)
    return Stems(
        stems=tuple(Stem(part.plan.id, part.audio) for part in parts),
        bank=bank,
        fallbacks=tuple(f"{name} as {sound}" for name, sound in stood_in if sound),
    )


def song_frames(plan: SongPlan, tempo: TempoMap) -> int:
    """Return the length of the audio: the planned one, but never less than all the bars."""
    seconds = max(plan.duration_seconds, tempo.seconds(plan.total_beats))
    return math.ceil(seconds * SAMPLE_RATE)


def _play_all(
    parts: list[_Part], tempo: TempoMap, bank: SoundBank, context: StageContext
) -> list[tuple[str, str | None]]:
    """Play the tracks; return each one's name and the sound that stood in for its own."""
    count = FrameCount(sum(part.audio.shape[1] for part in parts), context.report)
    longest_first = sorted(parts, key=_work, reverse=True)
    with ThreadPoolExecutor(_THREADS) as threads:
        futures = {
            part.plan.id: threads.submit(_play, part, tempo, bank, context, count)
            for part in longest_first
        }
        try:
            return [(part.plan.name, futures[part.plan.id].result()) for part in parts]
        finally:
            for future in futures.values():
                future.cancel()


def _work(part: _Part) -> float:
    """Estimate the voices to compute: notes by their length, with a release."""
    return sum(min(note.duration_beats, 8.0) + 1.0 for note in part.track.notes)


def _play(
    part: _Part, tempo: TempoMap, bank: SoundBank, context: StageContext, count: FrameCount
) -> str | None:
    """Play one track; return the name of the sound that stands in, None where it has its own."""
    plan = part.plan
    if part.is_synthesised:
        _synthesise(plan.voice, part, tempo, context, count.of(plan.name))
        return None
    name, stand_in = plan.name, None
    if part.preset.is_substitute:
        name = f"{name} (as {part.preset.name}, which the sound bank has)"
        stand_in = part.preset.name
    soundfont.play(plan, part.track, tempo, part.preset, bank.path, part.audio, count.of(name))
    if part.track.notes and np.abs(part.audio).max(initial=0.0) < _SILENCE:
        stand_in = _STAND_IN_KIT if plan.is_drums else _STAND_IN
        count.tell(f"Playing {plan.name} ({stand_in}: {bank.name} has no such sound)")
        _synthesise(stand_in, part, tempo, context, _nothing)
    return stand_in


def _synthesise(
    voice: str, part: _Part, tempo: TempoMap, context: StageContext, advance: soundfont.Advance
) -> None:
    generator = partial(context.generator, part.plan.id)
    voices.play(voice, part.track, tempo, generator, part.audio, advance)


def _nothing(_frames: int) -> None:
    """Take no notice: the frames have been counted already."""
