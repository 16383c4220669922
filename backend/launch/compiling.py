"""Everything that sounds, compiled once at set-up, so that the first song does not wait for it."""

from io import BytesIO

import numpy as np

from backend.pipeline.artifacts import (
    Artifact,
    Done,
    MixSettings,
    Note,
    SongRequest,
    SoundBank,
    StageName,
    TempoPoint,
    Track,
)
from backend.pipeline.formats.audio import write_wav24
from backend.pipeline.mixing.blend import sweep_low_pass
from backend.pipeline.mixing.clipper import shave
from backend.pipeline.rendering import voices
from backend.pipeline.runner import Runner
from backend.pipeline.theory.tempo_map import TempoMap

_SEED = 1


def compile_sound(bank: SoundBank) -> None:
    """Play a note with every voice and make a short song; compiled code stays on disk.

    Parameters
    ----------
    bank : SoundBank
        What the song is played with.
    """
    track = Track("one", tuple(Note(pitch, 0.0, 0.5, 90) for pitch in (36, 38, 42, 46, 49, 60)))
    tempo = TempoMap.from_points((TempoPoint(0.0, 120.0),), 120.0)
    for voice in voices.VOICES:
        room = np.zeros((2, 1 << 15), np.float32)
        voices.play(voice, track, tempo, _generator, room, _unheard)
    write_wav24(BytesIO(), np.zeros((2, 64), np.float32))
    sweep_low_pass(  # short songs have no build in which a filter opens
        np.zeros(128, np.float32), np.full(3, 500.0, np.float32), 0, np.zeros(2, np.float32)
    )
    shave(np.zeros((2, 64), np.float32), 1.0)  # for louder masters than that of the short song
    Runner(
        request=SongRequest("a short song", _SEED, duration_seconds=10.0),
        bank=bank,
        settings=MixSettings(),
        report=_unseen,
        checkpoint=_unkept,
    ).run(Done())


def _generator(*_purpose: str | int) -> np.random.Generator:
    return np.random.default_rng(_SEED)


def _unheard(_frames: int) -> None:
    """Nobody waits for it."""


def _unseen(_stage: StageName, _progress: float, _message: str) -> None:
    """Nobody watches."""


def _unkept(_stage: StageName, _artifact: Artifact) -> None:
    """Nothing of it is needed."""
