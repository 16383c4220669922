"""The verb of this stage: every track of the arrangement becomes sound."""

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

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
from backend.pipeline.rendering.tape import Advance, Tape
from backend.pipeline.rendering.work import hands, note_seconds
from backend.pipeline.theory.tempo_map import TempoMap

_THREADS = 2
_SILENCE = 1e-5
_STAND_IN, _STAND_IN_KIT = "pluck", "kit_909"
"""Voices that play what the bank leaves silent."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One track, its sound, and who plays it."""

    plan: TrackPlan
    track: Track
    preset: Preset
    tape: Tape

    @property
    def is_synthesised(self) -> bool:
        return self.plan.voice in voices.VOICES

    @property
    def stem(self) -> Stem:
        return Stem(self.plan.id, self.tape.audio)

    def hands(self, tempo: TempoMap) -> tuple[Track, ...]:
        """Return what each player plays; drums cut each other short and have one player."""
        if self.is_synthesised or self.plan.is_drums:
            return (self.track,)
        return hands(self.track, tempo)


@dataclass(frozen=True, slots=True)
class _Session:
    """What all players share."""

    tempo: TempoMap
    bank: SoundBank
    context: StageContext
    count: FrameCount


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
                Tape(context.allocate(f"stem-{track.track_id}", (2, frames))),
            )
            for track in arrangement.tracks
        ]
        session = _play_all(parts, tempo, bank, context)
        stand_ins = [(part.plan.name, _stand_in(part, session)) for part in parts]
    return Stems(
        stems=tuple(part.stem for part in parts),
        bank=bank,
        fallbacks=tuple(f"{name} as {sound}" for name, sound in stand_ins if sound),
    )


def song_frames(plan: SongPlan, tempo: TempoMap) -> int:
    """Return the length of the audio: the planned one, but never less than all the bars."""
    seconds = max(plan.duration_seconds, tempo.seconds(plan.total_beats))
    return math.ceil(seconds * SAMPLE_RATE)


def _play_all(
    parts: list[_Part], tempo: TempoMap, bank: SoundBank, context: StageContext
) -> _Session:
    """Play the tracks, those with most to compute first; return what the players shared."""
    tasks = [(part, track) for part in parts for track in part.hands(tempo)]
    tasks.sort(key=lambda task: note_seconds(task[1], tempo), reverse=True)
    frames = Counter[str]()
    for part, _ in tasks:
        frames[part.plan.id] += part.tape.audio.shape[1]
    session = _Session(tempo, bank, context, FrameCount(frames, context.report, context.played))
    with ThreadPoolExecutor(_THREADS) as threads:
        futures = [threads.submit(_play, part, track, session) for part, track in tasks]
        try:
            for future in futures:
                future.result()
        finally:
            for future in futures:
                future.cancel()
    return session


def _play(part: _Part, track: Track, session: _Session) -> None:
    plan, name = part.plan, part.plan.name
    if part.is_synthesised:
        _synthesise(plan.voice, part, session, session.count.of(part.stem, name))
        return
    if part.preset.is_substitute:
        name = f"{name} (as {part.preset.name}, which the sound bank has)"
    advance = session.count.of(part.stem, name)
    soundfont.play(
        plan.name, track, session.tempo, part.preset, session.bank.path, part.tape, advance
    )


def _stand_in(part: _Part, session: _Session) -> str | None:
    """Play what the bank left silent; return what sounds for the track's own, None if nothing."""
    plan, audio = part.plan, part.tape.audio
    if part.is_synthesised:
        return None
    if not part.track.notes or max(audio.max(initial=0.0), -audio.min(initial=0.0)) >= _SILENCE:
        return part.preset.name if part.preset.is_substitute else None
    voice = _STAND_IN_KIT if plan.is_drums else _STAND_IN
    session.count.tell(f"Playing {plan.name} ({voice}: {session.bank.name} has no such sound)")
    _synthesise(voice, part, session, _nothing)
    session.context.played(part.stem, 1.0)
    return voice


def _synthesise(voice: str, part: _Part, session: _Session, advance: Advance) -> None:
    generator = partial(session.context.generator, part.plan.id)
    voices.play(voice, part.track, session.tempo, generator, part.tape.audio, advance)


def _nothing(_frames: int) -> None:
    """Take no notice: the frames have been counted already."""
