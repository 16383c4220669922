"""One track played by a synthesiser voice."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import Track
from backend.pipeline.rendering.voices.drum_kits import KITS
from backend.pipeline.rendering.voices.drum_machine import DrumMachine
from backend.pipeline.rendering.voices.frequency_modulation import FM_PATCHES, play_fm
from backend.pipeline.rendering.voices.patches import PATCHES
from backend.pipeline.rendering.voices.score import Score, read_score
from backend.pipeline.rendering.voices.subtractive import play_patch
from backend.pipeline.rendering.voices.texture import play_noise, play_room, play_vinyl
from backend.pipeline.theory.tempo_map import TempoMap

TEXTURES = {"noise_fx": play_noise, "vinyl": play_vinyl, "room": play_room}
"""Voices without pitch."""

_CHUNK = 48
"""Notes between two reports of progress."""

Generator = Callable[[str], np.random.Generator]
"""Gives a fresh seeded generator for a purpose."""


def play(
    voice: str,
    track: Track,
    tempo: TempoMap,
    generator: Generator,
    audio: NDArray[np.float32],
    advance: Callable[[int], None],
) -> None:
    """Render a track with a synthesiser voice.

    Parameters
    ----------
    voice : str
        One of ``VOICES``.
    track : Track
        What to play.
    tempo : TempoMap
        Where beats lie in time.
    generator : callable
        Seeded by song, track and purpose.
    audio : ndarray
        Zeros, shape (2, frames); filled in place.
    advance : callable
        Told of the frames as they are done.
    """
    frames = audio.shape[1]
    score = read_score(track, tempo, frames)
    play_notes = _player(voice, audio, score, generator)
    done = 0
    for start in range(0, len(score.notes), _CHUNK):
        chunk = range(start, min(len(score.notes), start + _CHUNK))
        play_notes(chunk)
        reached = int(score.notes[chunk[-1], 0])
        advance(max(0, reached - done))
        done = max(done, reached)
    advance(frames - done)


def _player(
    voice: str, audio: NDArray[np.float32], score: Score, generator: Generator
) -> Callable[[range], None]:
    if voice in PATCHES:
        rng = generator("phases")
        return lambda notes: play_patch(audio, score, PATCHES[voice], notes, rng)
    if voice in FM_PATCHES:
        return partial(play_fm, audio, score, voice)
    if voice in KITS:
        machine = DrumMachine(KITS[voice], generator("kit"))
        return partial(machine.play, audio, score)
    rng = generator("texture")
    return lambda notes: TEXTURES[voice](audio, score, notes, rng)
