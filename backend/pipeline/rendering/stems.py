"""The verb of this stage: every track of the arrangement becomes sound."""

import math
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
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
from backend.pipeline.formats.rendered import settle
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
    players: tuple[Track, ...]
    """What each of them plays."""
    tape: Tape

    @property
    def is_synthesised(self) -> bool:
        return self.plan.voice in voices.VOICES

    @property
    def stem(self) -> Stem:
        return Stem(self.plan.id, self.tape.audio)


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
        One per track of the arrangement, in its order and all as long as the song; settled, so that
        they can be packed (``formats.rendered``).

    Raises
    ------
    StageFailed
        If the sound bank cannot be read or has no sound for a track.
    """
    tempo = TempoMap.from_plan(plan)
    with Synth(bank.path) as idle:  # keeps the bank in FluidSynth's cache for the players
        presets = idle.presets()
        parts = _cast(plan, arrangement, presets, tempo, context)
        count = FrameCount(_frames_to_play(parts), context.report, context.played)
        fallbacks = _play_all(parts, _Session(tempo, bank, context, count))
    return Stems(tuple(part.stem for part in parts), bank, fallbacks)


def song_frames(plan: SongPlan, tempo: TempoMap) -> int:
    """Return the length of the audio: the planned one, but never less than all the bars."""
    seconds = max(plan.duration_seconds, tempo.seconds(plan.total_beats))
    return math.ceil(seconds * SAMPLE_RATE)


def _cast(
    plan: SongPlan,
    arrangement: Arrangement,
    presets: dict[tuple[int, int], str],
    tempo: TempoMap,
    context: StageContext,
) -> list[_Part]:
    """Choose a sound for every track, share it between players, and make room for it."""
    frames = song_frames(plan, tempo)
    plans = {track.id: track for track in plan.tracks}
    parts = []
    for track in arrangement.tracks:
        one = plans[track.track_id]
        preset = choose_preset(presets, one)
        # the notes of drums cut each other short: they have one player
        has_one = one.is_drums or one.voice in voices.VOICES
        players = (track,) if has_one else hands(track, tempo)
        room = context.allocate(f"stem-{track.track_id}", (2, frames))
        parts.append(_Part(one, track, preset, players, Tape(room, shared=len(players) > 1)))
    return parts


def _frames_to_play(parts: list[_Part]) -> dict[str, int]:
    """Return the frames of all players of a track together, by its id."""
    return {part.plan.id: part.tape.audio.shape[1] * len(part.players) for part in parts}


def _play_all(parts: list[_Part], session: _Session) -> tuple[str, ...]:
    """Play the tracks, those with most to compute first; return what stood in for others."""
    tasks = [(part, track) for part in parts for track in part.players]
    tasks.sort(key=lambda task: note_seconds(task[1], session.tempo), reverse=True)
    left = Counter(part.plan.id for part, _ in tasks)
    fallbacks: dict[str, str] = {}
    with ThreadPoolExecutor(_THREADS) as threads:
        playing = {threads.submit(_play, part, track, session): part for part, track in tasks}
        try:
            for done in as_completed(playing):
                done.result()
                part = playing[done]
                left[part.plan.id] -= 1
                if not left[part.plan.id] and (sound := _complete(part, session)):
                    fallbacks[part.plan.id] = f"{part.plan.name} as {sound}"
        finally:
            for future in playing:
                future.cancel()
    return tuple(fallbacks[part.plan.id] for part in parts if part.plan.id in fallbacks)


def _complete(part: _Part, session: _Session) -> str | None:
    """See that a track that has been played sounds; return what sounds for its own, if not that."""
    sound = _stand_in(part, session)
    session.count.complete(part.stem)
    return sound


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
    return voice


def _synthesise(voice: str, part: _Part, session: _Session, advance: Advance) -> None:
    generator = partial(session.context.generator, part.plan.id)
    voices.play(voice, part.track, session.tempo, generator, part.tape.audio, advance)
    settle(part.tape.audio)


def _nothing(_frames: int) -> None:
    """Take no notice: the frames have been counted already."""
