"""What a process loads once, loaded before somebody waits for a song."""

import numpy as np

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import MixSettings, SongRequest, SoundBank, StageName, Stem, Stems
from backend.pipeline.formats.rendered import settle
from backend.pipeline.generation import generate
from backend.pipeline.mixing import mix
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.pipeline.rendering import voices
from backend.pipeline.rendering.stems import song_frames
from backend.pipeline.theory.tempo_map import TempoMap

_REQUEST = SongRequest("a short song", 1, duration_seconds=10.0)
_NO_BANK = SoundBank("", "", "", "")


def warm_up() -> None:
    """Compose, arrange and mix a few seconds; what is read and compiled for it stays in memory.

    Nothing is played by a sound bank: which one it will be is not known yet.
    """
    context = StageContext(_REQUEST.seed, StageName.MIXING)
    song_plan = plan(_REQUEST, context)
    arrangement = arrange(song_plan, generate(song_plan, context), context)
    tempo = TempoMap.from_plan(song_plan)
    stems = []
    for track in arrangement.tracks:
        audio = np.zeros((2, song_frames(song_plan, tempo)), np.float32)
        voices.play("pluck", track, tempo, context.generator, audio, _unheard)
        settle(audio)
        stems.append(Stem(track.track_id, audio))
    mix(song_plan, arrangement, Stems(tuple(stems), _NO_BANK), MixSettings(), context)


def _unheard(_frames: int) -> None:
    """Nobody waits for it."""
