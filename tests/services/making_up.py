"""Goes through a take's stages by the services, without a worker process."""

import hashlib
from pathlib import Path

from backend.models import Project
from backend.pipeline.artifacts import (
    Key,
    Metre,
    Role,
    SectionPlan,
    SongPlan,
    StageName,
    TempoPoint,
    TrackPlan,
)
from backend.services import making
from backend.services.making import Assignment, MadeFile
from backend.services.platform import Platform
from backend.services.song_summary import SongSummary
from backend.services.summarising import planned

KEY = Key(0, "major", "C")


def song(title: str = "A title") -> SongSummary:
    return planned(
        SongPlan(
            title=title, seed=1, genre="pop", mood=None, energy=0.5, tempo_bpm=120.0, key=KEY,
            metre=Metre(4, 4), duration_seconds=2.0, swing=0.5,
            sections=(SectionPlan(0, "verse", "Verse", 0, 1, 0.5, KEY, (), ("bass",)),),
            tracks=(TrackPlan("bass", "Bass", Role.BASS, "electric bass", 33),),
            tempo_points=(TempoPoint(0.0, 120.0),), ending="cold",
        )
    )  # fmt: skip


async def claimed(platform: Platform, project: Project, attempt: int = 1) -> Assignment:
    assignment = await making.claim(
        platform, project.current_take_id or "", attempt, f"run-{attempt}"
    )
    assert assignment is not None
    return assignment


def made(folder: Path, name: str, content: str) -> MadeFile:
    path = folder / f"{name}-{content[:8]}"
    path.write_text(content)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    return MadeFile(name, path, sha256, len(content.encode()), "text/plain")


async def finish(
    platform: Platform, assignment: Assignment, stage: StageName, folder: Path, content: str = "x"
) -> bool:
    """Begin and finish one stage, with one file that holds ``content``."""
    if not await making.begin_stage(platform, assignment.run, stage):
        return False
    files = [made(folder, f"{stage.value}.json", content)]
    return await making.finish_stage(platform, assignment.run, stage, files, song())


async def finish_all(
    platform: Platform, assignment: Assignment, folder: Path, content: str = "x"
) -> None:
    for stage in StageName:
        assert await finish(platform, assignment, stage, folder, f"{content} {stage.value}")
