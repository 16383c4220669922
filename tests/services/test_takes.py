"""Takes side by side: chosen, deleted, raced; files live as long as any of them needs them."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from backend.errors import Conflict, InvalidInput, LimitExceeded, MusicError, NotFound
from backend.models import EventType, Project, StageStatus, Status, Take
from backend.pipeline.artifacts import StageName
from backend.services import editing, library, making, new_take, projects, rendered, setbacks, takes
from backend.services.editing import MakeTake, RegenerateSection, RemixTake, ReviseTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, BOB, watched
from tests.services.conftest import QueuedJobs
from tests.services.making_up import finish

pytestmark = pytest.mark.api
SOFTER = MixChange({"loudness_lufs": -18.0})


@pytest.fixture
async def first(platform: Platform, tmp_path: Path) -> Take:
    """Return the finished first take of a project."""
    project = await projects.start(platform, ALICE, StartSong("calm", seed=1))
    take_id = project.current_take_id or ""
    await finish_take(platform, take_id, tmp_path, "first")
    return await seen(platform, take_id)


async def seen(platform: Platform, take_id: str) -> Take:
    return (await library.takes(platform, [take_id]))[take_id]


async def finish_take(platform: Platform, take_id: str, folder: Path, content: str) -> None:
    take = await seen(platform, take_id)
    assignment = await making.claim(platform, take_id, take.attempt, f"run of {content}")
    assert assignment is not None
    for stage in StageName:
        if stage not in assignment.done:
            assert await finish(platform, assignment, stage, folder, f"{content} {stage}")


async def remixed(platform: Platform, parent: Take, folder: Path, content: str) -> Take:
    _, take = await editing.remix(platform, ALICE, RemixTake(parent.id, SOFTER))
    await finish_take(platform, take.id, folder, content)
    return await seen(platform, take.id)


def forgetful(platform: Platform, **settings: float) -> Platform:
    return replace(platform, settings=platform.settings.model_copy(update=settings))


async def stored(platform: Platform) -> set[str]:
    return {key async for key in platform.storage.all_keys()}


async def standing(platform: Platform, take: Take) -> Project:
    return await library.project(platform, ALICE, take.project_id)


async def test_a_remix_waits_with_everything_but_the_mix(
    platform: Platform, first: Take, queued: QueuedJobs
) -> None:
    before = await stored(platform)
    _, take = await editing.remix(platform, ALICE, RemixTake(first.id, SOFTER))
    assert f"{take.id}:1" in await queued.ids()
    stages = (await library.stages_of(platform, [take.id]))[take.id]
    assert [stage.status for stage in stages] == [StageStatus.REUSED] * 4 + [StageStatus.PENDING]
    assert library.progress_of(stages) == pytest.approx(0.67)
    assert library.current_stage_of(stages) == "mixing"
    assert await stored(platform) == before
    assignment = await making.claim(platform, take.id, 1, "run")
    assert assignment is not None
    assert list(assignment.done) == list(StageName)[:4]
    assert assignment.mix.loudness_lufs == -18
    assert assignment.song is not None
    assert (assignment.song.audio, assignment.song.report) == ((), None)


async def test_the_same_key_is_the_same_take(platform: Platform, first: Take) -> None:
    edit = RemixTake(first.id, SOFTER, "once")
    one, two = await asyncio.gather(
        editing.remix(platform, ALICE, edit), editing.remix(platform, ALICE, edit)
    )
    assert one[1].id == two[1].id
    with pytest.raises(InvalidInput) as refused:
        await editing.remix(platform, ALICE, RemixTake(first.id, MixChange(), "once"))
    assert refused.value.field == "idempotencyKey"
    with pytest.raises(InvalidInput):
        await editing.make_another(platform, ALICE, MakeTake(first.project_id, None, "once"))


async def test_one_take_of_a_project_is_made_at_a_time(platform: Platform, first: Take) -> None:
    edits = (editing.remix(platform, ALICE, RemixTake(first.id, SOFTER)) for _ in range(4))
    results = await asyncio.gather(*edits, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict"] * 3 + ["tuple"]
    project = await standing(platform, first)
    assert (project.status, project.current_take_id) == (Status.QUEUED, first.id)
    assert project.completed_at == first.completed_at


async def test_a_project_has_so_many_takes(
    platform: Platform, first: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_take, "MOST_TAKES", 1)
    with pytest.raises(LimitExceeded, match="at most 1 takes"):
        await editing.remix(platform, ALICE, RemixTake(first.id, SOFTER))
    assert (await standing(platform, first)).status is Status.COMPLETED


async def test_only_finished_takes_are_edited_mixed_or_chosen(platform: Platform) -> None:
    project = await projects.start(platform, ALICE, StartSong("calm"))
    take_id = project.current_take_id or ""
    await projects.cancel(platform, ALICE, project.id)
    for edit in (
        editing.remix(platform, ALICE, RemixTake(take_id, SOFTER)),
        editing.regenerate_section(platform, ALICE, RegenerateSection(take_id, 0)),
        takes.choose(platform, ALICE, take_id),
    ):
        with pytest.raises(Conflict):
            await edit
    revised, take = await editing.revise(
        platform, ALICE, ReviseTake(take_id, {"prompt": "wild", "key": "A minor"})
    )
    assert (revised.status, revised.current_take_id) == (Status.QUEUED, take.id)
    request = new_take.request_of(take)
    assert (request.prompt, request.key) == ("wild", "A minor")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, None),
        ({"tempo_bpm": 300.0}, "style.tempoBpm"),
        ({"key": "H flat"}, "style.key"),
        ({"seed": -1}, "seed"),
        ({"prompt": " "}, "prompt"),
    ],
)
async def test_a_revision_must_ask_for_something_that_can_be_made(
    platform: Platform, first: Take, given: dict[str, object], field: str | None
) -> None:
    with pytest.raises(InvalidInput) as refused:
        await editing.revise(platform, ALICE, ReviseTake(first.id, given))
    assert refused.value.field == field
    assert len((await library.takes_of(platform, [first.project_id]))[first.project_id]) == 1


async def test_what_a_revision_leaves_out_stays_and_null_lets_go(
    platform: Platform, first: Take, tmp_path: Path
) -> None:
    given = {"tempo_bpm": 90.0, "mood": "sad", "instruments": ("piano",)}
    _, one = await editing.revise(platform, ALICE, ReviseTake(first.id, given))
    await finish_take(platform, one.id, tmp_path, "one")
    less = {"tempo_bpm": None, "instruments": ()}
    _, two = await editing.revise(platform, ALICE, ReviseTake(one.id, less))
    request = new_take.request_of(two)
    assert (request.tempo_bpm, request.mood, request.instruments) == (None, "sad", ())
    assert (request.prompt, request.seed) == ("calm", 1)


@pytest.mark.parametrize("index", [-1, 1])
async def test_a_section_must_be_there(platform: Platform, first: Take, index: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        await editing.regenerate_section(platform, ALICE, RegenerateSection(first.id, index))
    assert refused.value.field == "sectionIndex"


async def test_the_newest_is_heard_until_another_is_chosen(
    platform: Platform, first: Take, tmp_path: Path
) -> None:
    second = await remixed(platform, first, tmp_path, "second")
    assert (await standing(platform, first)).current_take_id == second.id
    project, _ = await takes.choose(platform, ALICE, first.id)
    assert (project.current_take_id, project.completed_at) == (first.id, first.completed_at)
    _, third = await editing.remix(platform, ALICE, RemixTake(first.id, SOFTER))
    project, _ = await takes.choose(platform, ALICE, second.id)
    assert (project.status, project.working_take_id) == (Status.QUEUED, third.id)
    await projects.cancel(platform, ALICE, project.id)
    after = await standing(platform, first)
    assert (after.status, after.current_take_id) == (Status.COMPLETED, second.id)
    last = (await watched(platform, project.id))[-1]
    assert (last.type, last.take_id) == (EventType.PROJECT_CANCELLED, third.id)
    with pytest.raises(Conflict):
        await projects.retry(platform, ALICE, project.id)
    assert (await takes.retry(platform, ALICE, third.id)).status is Status.QUEUED
    with pytest.raises(Conflict):
        await takes.retry(platform, ALICE, second.id)


async def test_a_deleted_take_leaves_the_files_of_others(
    platform: Platform, first: Take, tmp_path: Path
) -> None:
    second = await remixed(platform, first, tmp_path, "second")
    both = await stored(platform)
    project = await takes.delete(platform, ALICE, first.id)
    assert project.current_take_id == second.id
    assert len(both - await stored(platform)) == 1
    assert (await seen(platform, second.id)).parent_id is None
    with pytest.raises(Conflict, match="only take"):
        await takes.delete(platform, ALICE, second.id)
    third = await remixed(platform, second, tmp_path, "third")
    assert third.number == 3
    project = await takes.delete(platform, ALICE, third.id)
    assert (project.current_take_id, project.status) == (second.id, Status.COMPLETED)
    await projects.delete(platform, ALICE, project.id)
    assert await stored(platform) == set()


async def test_a_take_in_work_is_stopped_and_deleted(platform: Platform, first: Take) -> None:
    _, second = await editing.remix(platform, ALICE, RemixTake(first.id, SOFTER))
    assignment = await making.claim(platform, second.id, 1, "run")
    assert assignment is not None
    project = await takes.delete(platform, ALICE, second.id)
    assert (project.status, project.working_take_id) == (Status.COMPLETED, None)
    assert not await making.begin_stage(platform, assignment.run, StageName.MIXING)
    assert not await setbacks.fail(platform, assignment.run, "late")


async def test_what_is_somebody_elses_does_not_exist(platform: Platform, first: Take) -> None:
    for viewer, take_id in ((BOB, first.id), (ALICE, "no-such-id")):
        for action in (
            editing.remix(platform, viewer, RemixTake(take_id, SOFTER)),
            editing.regenerate_section(platform, viewer, RegenerateSection(take_id, 0)),
            editing.revise(platform, viewer, ReviseTake(take_id, {"seed": 2})),
            editing.make_another(
                platform, viewer, MakeTake(first.project_id if viewer is BOB else "none")
            ),
            takes.retry(platform, viewer, take_id),
            takes.choose(platform, viewer, take_id),
            takes.delete(platform, viewer, take_id),
        ):
            with pytest.raises(NotFound):
                await action


async def test_rendered_tracks_go_by_age_and_amount(
    platform: Platform, first: Take, tmp_path: Path
) -> None:
    second = await remixed(platform, first, tmp_path, "second")
    assert await rendered.let_go_of_rendered(platform) == 0
    before = await stored(platform)
    assert await rendered.let_go_of_rendered(forgetful(platform, rendered_kept_hours=0)) == 2
    assert len(before - await stored(platform)) == 1
    _, third = await editing.remix(platform, ALICE, RemixTake(second.id, SOFTER))
    stages = (await library.stages_of(platform, [third.id]))[third.id]
    assert [stage.status for stage in stages][2:] == [
        StageStatus.REUSED, StageStatus.PENDING, StageStatus.PENDING,
    ]  # fmt: skip


async def test_files_survive_deleting_letting_go_and_editing_at_once(
    platform: Platform, tmp_path: Path
) -> None:
    """Whoever wins: a take that can be claimed finds its files, and in the end nothing is left."""
    for number in range(6):
        project = await projects.start(platform, ALICE, StartSong("calm", seed=1))
        parent = project.current_take_id or ""
        await finish_take(platform, parent, tmp_path, f"parent {number}")
        _, other = await editing.remix(platform, ALICE, RemixTake(parent, SOFTER))
        await finish_take(platform, other.id, tmp_path, f"other {number}")
        results = await asyncio.gather(
            editing.remix(platform, ALICE, RemixTake(parent, SOFTER)),
            takes.delete(platform, ALICE, parent),
            takes.delete(platform, ALICE, other.id),
            rendered.let_go_of_rendered(forgetful(platform, rendered_kept_gb=0)),
            return_exceptions=True,
        )
        assert all(isinstance(one, tuple | Project | MusicError | int) for one in results)
        for take in (await library.takes_of(platform, [project.id]))[project.id]:
            if not take.status.is_final:
                assignment = await making.claim(platform, take.id, take.attempt, "run")
                assert assignment is not None
                assert list(assignment.done) in (list(StageName)[:3], list(StageName)[:4])
        await projects.delete(platform, ALICE, project.id)
    assert await stored(platform) == set()
