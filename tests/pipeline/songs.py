"""Songs for tests: the three symbolic stages in a row."""

from dataclasses import dataclass
from functools import cache

from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    SongPlan,
    SongRequest,
    StageName,
)
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext


@dataclass(frozen=True)
class Song:
    plan: SongPlan
    composition: Composition
    arrangement: Arrangement


def context(stage: StageName, seed: int = 1) -> StageContext:
    return StageContext(seed, stage)


def planned(prompt: str = "a song", seed: int = 1, **fields) -> SongPlan:
    request = SongRequest(prompt=prompt, seed=seed, **fields)
    return plan(request, context(StageName.PLANNING, seed))


def finished(song: SongPlan) -> Song:
    composition = generate(song, context(StageName.GENERATION, song.seed))
    played = arrange(song, composition, context(StageName.ARRANGEMENT, song.seed))
    return Song(song, composition, played)


@cache
def composed(prompt: str = "a song", seed: int = 1, **fields) -> Song:
    return finished(planned(prompt, seed, **fields))
