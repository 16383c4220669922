"""Takes of takes with a real worker: what runs again, what is taken over, byte for byte."""

from collections.abc import Sequence

import pytest

from backend.models import EventType, Project, StageStatus, Status, Take
from backend.pipeline.artifacts import StageName
from backend.services import editing, library, projects
from backend.services.editing import MakeTake, RegenerateSection, RemixTake, ReviseTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.rendered import let_go_of_rendered
from backend.services.song_summary import SongSummary, from_take
from backend.settings import Settings
from tests.fixtures.engine import ALICE, watched, working

pytestmark = pytest.mark.api

REUSED, DONE = StageStatus.REUSED, StageStatus.COMPLETED


async def finished(platform: Platform) -> Project:
    project = await projects.start(platform, ALICE, StartSong("calm", seed=7))
    await watched(platform, project.id)
    return project


async def settled(platform: Platform, made: tuple[Project, Take]) -> Take:
    """Wait until the take has ended; return it."""
    project, take = made
    await watched(platform, project.id)
    return (await library.takes(platform, [take.id]))[take.id]


async def stages_of(platform: Platform, take: Take) -> tuple[list[StageStatus], list[int]]:
    stages = (await library.stages_of(platform, [take.id]))[take.id]
    return [stage.status for stage in stages], [stage.attempts for stage in stages]


def heard(take: Take) -> SongSummary:
    song = from_take(take)
    assert song is not None
    return song


def keys(song: SongSummary) -> Sequence[str]:
    return [file.key for file in song.audio]


async def test_a_remix_runs_only_the_mix(settings: Settings, platform: Platform) -> None:
    async with working(settings):
        project = await finished(platform)
        first = (await library.takes_of(platform, [project.id]))[project.id][0]
        same = await settled(
            platform, await editing.remix(platform, ALICE, RemixTake(first.id, MixChange()))
        )
        assert await stages_of(platform, same) == ([REUSED] * 4 + [DONE], [0, 0, 0, 0, 1])
        assert keys(heard(same)) == keys(heard(first))
        assert heard(same).report == heard(first).report
        assert heard(same).midi == heard(first).midi

        softer = MixChange({"loudness_lufs": -20.0}, {"bass": {"gain_db": -6.0}})
        other = await settled(
            platform, await editing.remix(platform, ALICE, RemixTake(same.id, softer))
        )
    assert (other.parent_id, other.number) == (same.id, 3)
    assert keys(heard(other)) != keys(heard(first))
    project = await library.project(platform, ALICE, project.id)
    assert (project.current_take_id, project.working_take_id) == (other.id, None)
    assert project.status is Status.COMPLETED
    events = (await library.events(platform, ALICE, project.id)).items
    mine = [event for event in events if event.take_id == other.id]
    assert {event.stage for event in mine} == {"mixing", None}
    assert [event.type for event in mine].count(EventType.PROJECT_COMPLETED) == 1
