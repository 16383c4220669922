"""Takes of takes with a real worker: what runs again, what is taken over, byte for byte."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import Conflict
from backend.models import EventType, Project, StageStatus, Status, Take
from backend.pipeline.arrangement import arrange
from backend.pipeline.artifacts import Arrangement, SectionSeed, SongPlan, StageName
from backend.pipeline.generation import generate
from backend.pipeline.planning import plan
from backend.pipeline.progress import StageContext
from backend.services import change, checkpoints, editing, library, new_take, projects, takes
from backend.services.editing import MakeTake, RegenerateSection, RemixTake, ReviseTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.song_summary import SongSummary, from_take
from backend.settings import Settings
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE, until, watched, working
from tests.fixtures.gates import Gate, started_at

pytestmark = pytest.mark.api

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
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


async def test_without_rendered_tracks_a_remix_renders_the_same_again(
    settings: Settings, platform: Platform
) -> None:
    forgetful = settings.model_copy(update={"rendered_kept_gb": 0.0})
    async with working(forgetful):
        project = await finished(platform)
        first = (await library.takes_of(platform, [project.id]))[project.id][0]

        async def rendered_is_gone() -> bool:
            return "rendering" not in await checkpoints.kept_artifacts(platform, first.id)

        await until(rendered_is_gone)
        again = await settled(
            platform, await editing.remix(platform, ALICE, RemixTake(first.id, MixChange()))
        )
    expected = ([REUSED] * 3 + [DONE] * 2, [0, 0, 0, 1, 1])
    assert await stages_of(platform, again) == expected
    assert keys(heard(again)) == keys(heard(first))
    assert [track.stem for track in heard(again).tracks] == [
        track.stem for track in heard(first).tracks
    ]


@on_sqlite
async def test_other_edits_run_every_stage(settings: Settings, platform: Platform) -> None:
    async with working(settings):
        project = await finished(platform)
        first = (await library.takes_of(platform, [project.id]))[project.id][0]
        quiet = RemixTake(first.id, MixChange({"loudness_lufs": -20.0}))
        remixed = await settled(platform, await editing.remix(platform, ALICE, quiet))
        another = await settled(
            platform, await editing.make_another(platform, ALICE, MakeTake(project.id, seed=8))
        )
        revised = await settled(
            platform,
            await editing.revise(platform, ALICE, ReviseTake(first.id, {"tempo_bpm": 90.0})),
        )
        section = await settled(
            platform,
            await editing.regenerate_section(platform, ALICE, RegenerateSection(first.id, 0, 5)),
        )
    for take in (another, revised, section):
        assert await stages_of(platform, take) == ([DONE] * 5, [1] * 5)
    assert [take.seed for take in (another, revised, section)] == [8, 7, 7]
    assert new_take.mix_of(another) == new_take.mix_of(remixed)
    assert new_take.request_of(revised).tempo_bpm == 90
    assert new_take.request_of(section).section_seeds == (SectionSeed(0, 5),)
    assert (another.parent_id, section.parent_id) == (remixed.id, first.id)
    changes = [change.from_take(take) for take in (first, remixed, another, revised, section)]
    assert [one and one.kind.value for one in changes] == [
        None,
        "mix",
        "seed",
        "request",
        "section",
    ]
    assert changes[3] is not None
    assert changes[3].fields == ("style.tempoBpm",)


@on_sqlite
async def test_another_section_leaves_the_others_note_for_note(
    settings: Settings, platform: Platform
) -> None:
    """The worker's request, made by the real planner, composer and arranger."""
    async with working(settings):
        project = await finished(platform)
        first = (await library.takes_of(platform, [project.id]))[project.id][0]
    edit = RegenerateSection(first.id, 0, 5)
    _, take = await editing.regenerate_section(platform, ALICE, edit)
    (planned, before), (_, after) = written(first), written(take)
    end = planned.sections[0].bars * planned.metre.bar_beats
    assert before != after
    for old, new in zip(before.tracks, after.tracks, strict=True):
        assert [note for note in old.notes if note.start_beat > end + 1] == [
            note for note in new.notes if note.start_beat > end + 1
        ]


def written(take: Take) -> tuple[SongPlan, Arrangement]:
    request = replace(new_take.request_of(take), duration_seconds=60.0)
    made = plan(request, StageContext(request.seed, StageName.PLANNING))
    composition = generate(made, StageContext(request.seed, StageName.GENERATION))
    return made, arrange(made, composition, StageContext(request.seed, StageName.ARRANGEMENT))


async def test_cancelling_a_remix_leaves_the_earlier_take_to_be_heard(
    settings: Settings, platform: Platform, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.MIXING)
    async with working(settings):
        project = await started_at(platform, gate, seed=7)
        gate.open()
        await watched(platform, project.id)
        first = (await library.takes_of(platform, [project.id]))[project.id][0]
        gate.close()
        made = await editing.remix(platform, ALICE, RemixTake(first.id, MixChange()))
        await until(gate.is_reached)
        with pytest.raises(Conflict, match="Take 2 is still being made"):
            await editing.remix(platform, ALICE, RemixTake(first.id, MixChange()))
        running = await library.project(platform, ALICE, project.id)
        assert (running.status, running.current_take_id) == (Status.RUNNING, first.id)
        assert running.working_take_id == made[1].id
        await projects.cancel(platform, ALICE, project.id)
        stopped = await settled(platform, made)
        assert stopped.status is Status.CANCELLED
        after = await library.project(platform, ALICE, project.id)
        assert (after.status, after.current_take_id) == (Status.COMPLETED, first.id)
        assert after.completed_at == first.completed_at
        gate.open()
        await takes.retry(platform, ALICE, stopped.id)
        resumed = await settled(platform, made)
    assert await stages_of(platform, resumed) == ([REUSED] * 4 + [DONE], [0, 0, 0, 0, 1])
    assert keys(heard(resumed)) == keys(heard(first))
    await nothing_is_orphaned(platform, unpublished=1)


@on_sqlite
async def test_a_take_that_fails_costs_nothing_that_was_heard(
    settings: Settings, platform: Platform
) -> None:
    async with working(settings):
        project = await finished(platform)
        first = (await library.takes_of(platform, [project.id]))[project.id][0]
        broken = ReviseTake(first.id, {"prompt": "break=mixing:input"})
        failed = await settled(platform, await editing.revise(platform, ALICE, broken))
    assert (failed.status, failed.error) == (Status.FAILED, "No instrument can play this.")
    after = await library.project(platform, ALICE, project.id)
    assert (after.status, after.current_take_id) == (Status.COMPLETED, first.id)
    await nothing_is_orphaned(platform, unpublished=1)
