"""Cancel, retry, rename, delete: idempotent, safe against each other, owned."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from backend.auth import Viewer
from backend.errors import Conflict, InvalidInput, MusicError, NotFound
from backend.models import EventType, Project, StageStatus, Status, TrackProgress
from backend.pipeline.artifacts import StageName
from backend.services import library, making, projects, setbacks
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.storage import content_key
from tests.fixtures.engine import ALICE, BOB, look
from tests.services.conftest import QueuedJobs
from tests.services.making_up import claimed, finish, finish_all, song

pytestmark = pytest.mark.api


@pytest.fixture
async def project(platform: Platform) -> Project:
    return await projects.start(platform, ALICE, StartSong("calm", seed=1))


async def test_a_queued_song_is_cancelled(platform: Platform, project: Project) -> None:
    for _ in range(2):
        assert (await projects.cancel(platform, ALICE, project.id)).status is Status.CANCELLED
    _, take, stages = await look(platform, project.id)
    assert (take.status, take.attempt) == (Status.CANCELLED, 2)
    assert {stage.status for stage in stages} == {StageStatus.CANCELLED}
    events = await library.events(platform, ALICE, project.id)
    assert [event.type for event in events.items] == [EventType.PROJECT_CANCELLED]
    assert await making.claim(platform, take.id, 1, "late") is None


async def test_a_cancelled_run_is_fenced_off(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    assignment = await claimed(platform, project)
    await making.begin_stage(platform, assignment.run, StageName.PLANNING)
    await projects.cancel(platform, ALICE, project.id)
    assert not await making.beat(platform, assignment.run)
    assert not await making.report_progress(
        platform, assignment.run, StageName.PLANNING, 0.5, "late"
    )
    assert not await finish(platform, assignment, StageName.PLANNING, tmp_path)
    assert not await setbacks.fail(platform, assignment.run, "late")
    assert not await setbacks.hand_back(platform, assignment.run, "late")
    events = await library.events(platform, ALICE, project.id)
    assert events.items[-1].type is EventType.PROJECT_CANCELLED


async def test_a_retry_goes_on_from_the_last_checkpoint(
    platform: Platform, project: Project, queued: QueuedJobs, tmp_path: Path
) -> None:
    assignment = await claimed(platform, project)
    await finish(platform, assignment, StageName.PLANNING, tmp_path)
    await finish(platform, assignment, StageName.GENERATION, tmp_path)
    await making.begin_stage(platform, assignment.run, StageName.ARRANGEMENT)
    await setbacks.fail(platform, assignment.run, "No room for more notes.")
    failed, take, stages = await look(platform, project.id)
    assert (failed.status, take.error) == (Status.FAILED, "No room for more notes.")
    assert [stage.status.value for stage in stages] == [
        "completed", "completed", "failed", "pending", "pending",
    ]  # fmt: skip

    for _ in range(2):
        assert (await projects.retry(platform, ALICE, project.id)).status is Status.QUEUED
    assert f"{take.id}:2" in await queued.ids()
    again = await claimed(platform, project, attempt=2)
    assert list(again.done) == [StageName.PLANNING, StageName.GENERATION]
    for stage in list(StageName)[2:]:
        assert await finish(platform, again, stage, tmp_path, stage.value)
    done, _, stages = await look(platform, project.id)
    assert done.status is Status.COMPLETED
    assert [stage.attempts for stage in stages] == [1, 1, 1, 1, 1]


async def test_progress_never_falls_when_a_stage_runs_again(
    platform: Platform, project: Project
) -> None:
    assignment = await claimed(platform, project)
    await making.begin_stage(platform, assignment.run, StageName.PLANNING)
    await making.report_progress(platform, assignment.run, StageName.PLANNING, 0.9, "almost")
    await setbacks.hand_back(platform, assignment.run, "a fault")
    again = await claimed(platform, project, attempt=2)
    await making.begin_stage(platform, again.run, StageName.PLANNING)
    await making.report_progress(platform, again.run, StageName.PLANNING, 0.1, "anew")
    events = await library.events(platform, ALICE, project.id)
    progress = [event.progress for event in events.items]
    assert progress == sorted(progress)


async def test_tracks_are_told_of_while_they_are_played_until_the_take_is_finished(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    assignment = await claimed(platform, project)
    for stage in list(StageName)[:3]:
        await finish(platform, assignment, stage, tmp_path, stage.value)
    rendering = StageName.RENDERING
    told = (TrackProgress("bass", 1.0, (-0.5, 0.5)), TrackProgress("keys", 0.25))

    async def kept() -> tuple[TrackProgress, ...]:
        _, _, stages = await look(platform, project.id)
        return next(stage.tracks for stage in stages if stage.name == rendering)

    await making.begin_stage(platform, assignment.run, rendering)
    await making.report_progress(platform, assignment.run, rendering, 0.6, "Playing", told)
    assert await kept() == told
    await setbacks.hand_back(platform, assignment.run, "a fault")
    again = await claimed(platform, project, attempt=2)
    await making.begin_stage(platform, again.run, rendering)
    assert await kept() == ()
    await making.report_progress(platform, again.run, rendering, 1.0, "Played", told)
    assert await making.finish_stage(platform, again.run, rendering, [], song())
    assert await kept() == told
    await finish(platform, again, StageName.MIXING, tmp_path, "mixed")
    assert await kept() == ()


async def test_faults_are_bounded(platform: Platform, project: Project) -> None:
    for attempt in range(1, setbacks.MOST_ATTEMPTS + 1):
        assignment = await claimed(platform, project, attempt)
        await making.begin_stage(platform, assignment.run, StageName.PLANNING)
        assert await setbacks.hand_back(platform, assignment.run, "The disk is full.")
    failed, take, _ = await look(platform, project.id)
    assert (failed.status, take.error) == (Status.FAILED, "The disk is full.")


async def test_a_worker_that_is_told_to_stop_costs_no_attempt(
    platform: Platform, project: Project
) -> None:
    for attempt in range(1, setbacks.MOST_ATTEMPTS + 3):
        assignment = await claimed(platform, project, attempt)
        await making.begin_stage(platform, assignment.run, StageName.PLANNING)
        await setbacks.hand_back(platform, assignment.run, "stopped", counts=False)
    waiting, _, stages = await look(platform, project.id)
    assert waiting.status is Status.QUEUED
    assert stages[0].attempts == 0


async def test_a_checkpoint_whose_file_is_gone_is_made_again(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    assignment = await claimed(platform, project)
    for stage in list(StageName)[:3]:
        await finish(platform, assignment, stage, tmp_path, stage.value)
    await platform.storage.delete([key_of("generation", "generation.json")])
    await setbacks.hand_back(platform, assignment.run, "a fault")
    again = await claimed(platform, project, attempt=2)
    assert list(again.done) == [StageName.PLANNING]


async def test_a_completed_song_cannot_be_cancelled_or_retried(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    await finish_all(platform, await claimed(platform, project), tmp_path)
    with pytest.raises(Conflict):
        await projects.cancel(platform, ALICE, project.id)
    with pytest.raises(Conflict):
        await projects.retry(platform, ALICE, project.id)


async def test_the_plan_names_the_song_unless_the_user_did(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    named = await projects.start(platform, ALICE, StartSong("calm", title="Mine"))
    renamed = await projects.start(platform, ALICE, StartSong("calm"))
    await projects.rename(platform, ALICE, renamed.id, "Renamed")
    for one in (project, named, renamed):
        await finish(platform, await claimed(platform, one), StageName.PLANNING, tmp_path)
    titles = [(await look(platform, one.id))[0].title for one in (project, named, renamed)]
    assert titles == ["A title", "Mine", "Renamed"]


@pytest.mark.parametrize("title", ["", " ", "x" * 121, "a\nb", "\x00"])
async def test_a_title_must_be_one(platform: Platform, project: Project, title: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await projects.rename(platform, ALICE, project.id, title)
    assert refused.value.field == "title"


async def test_deleting_leaves_nothing(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    await finish_all(platform, await claimed(platform, project), tmp_path)
    assert [key async for key in platform.storage.all_keys()]
    assert await projects.delete(platform, ALICE, project.id) == project.id
    assert [key async for key in platform.storage.all_keys()] == []
    with pytest.raises(NotFound):
        await projects.delete(platform, ALICE, project.id)
    with pytest.raises(NotFound):
        await library.project(platform, ALICE, project.id)


async def test_files_that_another_song_uses_stay(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    twin = await projects.start(platform, ALICE, StartSong("calm", seed=1))
    await finish_all(platform, await claimed(platform, project), tmp_path, "same")
    await finish_all(platform, await claimed(platform, twin), tmp_path, "same")
    before = {key async for key in platform.storage.all_keys()}
    await projects.delete(platform, ALICE, project.id)
    assert {key async for key in platform.storage.all_keys()} == before
    await projects.delete(platform, ALICE, twin.id)
    assert [key async for key in platform.storage.all_keys()] == []


async def test_a_run_of_a_deleted_song_is_fenced_off(
    platform: Platform, project: Project, tmp_path: Path
) -> None:
    assignment = await claimed(platform, project)
    await projects.delete(platform, ALICE, project.id)
    assert not await making.beat(platform, assignment.run)
    assert not await finish(platform, assignment, StageName.PLANNING, tmp_path)


@pytest.mark.parametrize(
    "action",
    [
        projects.cancel,
        projects.retry,
        lambda platform, viewer, project_id: projects.rename(platform, viewer, project_id, "x"),
        projects.delete,
        library.project,
        library.events,
    ],
    ids=["cancel", "retry", "rename", "delete", "look", "events"],
)
async def test_what_is_somebody_elses_does_not_exist(
    platform: Platform,
    project: Project,
    action: Callable[[Platform, Viewer, str], Awaitable[object]],
) -> None:
    for viewer, project_id in ((BOB, project.id), (ALICE, "no-such-id")):
        with pytest.raises(NotFound):
            await action(platform, viewer, project_id)
    assert (await look(platform, project.id))[0].status is Status.QUEUED


async def test_races_end_in_legal_states(platform: Platform, tmp_path: Path) -> None:
    """Cancel against finish, retry against cancel, double delete."""
    for round_ in range(12):
        project = await projects.start(platform, ALICE, StartSong("calm", seed=round_))
        assignment = await claimed(platform, project)
        for stage in list(StageName)[:4]:
            await finish(platform, assignment, stage, tmp_path, f"{round_} {stage}")
        await asyncio.gather(
            projects.cancel(platform, ALICE, project.id),
            finish(platform, assignment, StageName.MIXING, tmp_path, f"{round_} end"),
            return_exceptions=True,
        )
        after, take, stages = await look(platform, project.id)
        assert after.status is take.status
        assert after.status in {Status.CANCELLED, Status.COMPLETED}
        assert (stages[4].status is StageStatus.COMPLETED) == (after.status is Status.COMPLETED)
        results = await asyncio.gather(
            projects.retry(platform, ALICE, project.id),
            projects.cancel(platform, ALICE, project.id),
            return_exceptions=True,
        )
        assert all(isinstance(result, Project | MusicError) for result in results)
        after, take, _ = await look(platform, project.id)
        assert after.status is take.status
        deletions = await asyncio.gather(
            projects.delete(platform, ALICE, project.id),
            projects.delete(platform, ALICE, project.id),
            return_exceptions=True,
        )
        assert sorted(isinstance(result, NotFound) for result in deletions) == [False, True]
    assert [key async for key in platform.storage.all_keys()] == []


def key_of(content: str, name: str) -> str:
    return content_key(hashlib.sha256(content.encode()).hexdigest(), name)
