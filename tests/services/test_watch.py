"""Watching: everything once and in order, whatever the network does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.errors import NotFound, ServiceUnavailable
from backend.events import bus
from backend.launch.valkey import EmbeddedValkey
from backend.models import EventType, Project, ProjectEvent, Status
from backend.persistence.takes import Run
from backend.pipeline.artifacts import StageName
from backend.services import making, projects, setbacks, watch
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, BOB, PATIENCE_SECONDS, following, look, until, watched
from tests.services.making_up import claimed, finish

pytestmark = pytest.mark.api


@pytest.fixture
async def project(platform: Platform) -> Project:
    return await projects.start(platform, ALICE, StartSong("calm", seed=1))


def numbers(events: list[ProjectEvent]) -> list[int]:
    return [event.seq for event in events]


async def test_late_early_and_returning_watchers_see_the_same(
    platform: Platform, project: Project, tmp_path
) -> None:
    early = asyncio.create_task(watched(platform, project.id))
    assignment = await claimed(platform, project)
    for stage in StageName:
        await finish(platform, assignment, stage, tmp_path, stage.value)
    late = await watched(platform, project.id)
    assert numbers(await early) == numbers(late) == list(range(1, 12))
    assert late[-1].type is EventType.PROJECT_COMPLETED
    assert numbers(await watched(platform, project.id, after=7)) == [8, 9, 10, 11]
    assert await watched(platform, project.id, after=11) == []


async def test_a_retried_project_goes_on_after_its_failure(
    platform: Platform, project: Project
) -> None:
    assignment = await claimed(platform, project)
    await setbacks.fail(platform, assignment.run, "no")
    first = await watched(platform, project.id)
    assert first[-1].type is EventType.PROJECT_FAILED
    await projects.retry(platform, ALICE, project.id)
    watching = asyncio.create_task(watched(platform, project.id))
    await asyncio.sleep(0.2)
    assert not watching.done()
    await projects.cancel(platform, ALICE, project.id)
    assert [event.type for event in await watching] == [
        EventType.PROJECT_FAILED, EventType.PROJECT_CANCELLED,
    ]  # fmt: skip


async def test_who_watches_hears_that_an_interrupted_song_waits(
    platform: Platform, project: Project
) -> None:
    assignment = await claimed(platform, project)
    await making.begin_stage(platform, assignment.run, StageName.PLANNING)
    await making.report_progress(platform, assignment.run, StageName.PLANNING, 0.5, "half")
    watching = await following(platform, project.id)
    await setbacks.hand_back(platform, assignment.run, "a fault")
    waiting, _, stages = await look(platform, project.id)
    assert waiting.status is Status.QUEUED
    assert stages[0].message == setbacks.INTERRUPTED
    again = await claimed(platform, project, attempt=2)
    await making.begin_stage(platform, again.run, StageName.PLANNING)
    _, _, stages = await look(platform, project.id)
    assert stages[0].message is None
    await projects.cancel(platform, ALICE, project.id)
    _, before, interrupted, *later = await watching
    assert (interrupted.type, interrupted.stage) == (EventType.STAGE_PROGRESS, StageName.PLANNING)
    assert (interrupted.message, interrupted.progress) == (setbacks.INTERRUPTED, before.progress)
    assert [event.type for event in later] == [
        EventType.STAGE_STARTED, EventType.PROJECT_CANCELLED,
    ]  # fmt: skip


async def test_somebody_elses_project_cannot_be_watched(
    platform: Platform, project: Project
) -> None:
    with pytest.raises(NotFound):
        await anext(watch.watch(platform, BOB, project.id))


async def test_an_event_that_redis_never_got_is_found(
    platform: Platform, project: Project, valkey: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus, "DOUBT_SECONDS", 0.3)
    watching = asyncio.create_task(watched(platform, project.id))
    await asyncio.sleep(0.2)

    async def lost(*_: object) -> None:
        raise ServiceUnavailable("away")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(platform.bus), "publish", lost)
        await projects.cancel(platform, ALICE, project.id)
    assert (await watching)[-1].type is EventType.PROJECT_CANCELLED


async def test_who_stops_watching_stops_although_a_read_keeps_the_cancellation_to_itself(
    platform: Platform, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = await claimed(platform, project)
    await making.begin_stage(platform, assignment.run, StageName.PLANNING)
    reading = asyncio.Event()

    async def deaf(*_: object) -> None:
        with suppress(asyncio.CancelledError):
            reading.set()
            await asyncio.sleep(PATIENCE_SECONDS)

    monkeypatch.setattr(type(platform.bus), "replay", deaf)
    watching = asyncio.create_task(watched(platform, project.id))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await reading.wait()
    watching.cancel()
    done, _ = await asyncio.wait([watching], timeout=PATIENCE_SECONDS / 5)
    assert watching in done
    assert watching.cancelled()
    assert platform.bus.subscribers == 0


async def test_who_stops_watching_leaves_nothing(platform: Platform, project: Project) -> None:
    @asynccontextmanager
    async def watching() -> AsyncIterator[None]:
        stream = watch.watch(platform, ALICE, project.id)
        following = asyncio.create_task(anext(stream))
        yield
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await stream.aclose()  # type: ignore[attr-defined]

    async with watching(), watching():

        async def both() -> bool:
            return platform.bus.subscribers == 2

        await until(both)
    assert platform.bus.subscribers == 0


STEPS = st.lists(st.sampled_from(["event", "lost event", "watch", "reconnect", "flush"]))
"""Events, lost messages, late watchers, reconnects with a cursor, and FLUSHALL."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_interleaving_gives_every_event_once(
    platform: Platform, project: Project
) -> None:
    story = Story(platform, (await claimed(platform, project)).run)
    await making.begin_stage(platform, story.run, StageName.PLANNING)
    loop = asyncio.get_running_loop()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(STEPS)
    def examples(steps: list[str]) -> None:
        asyncio.run_coroutine_threadsafe(story.tell(steps), loop).result(60)

    await asyncio.to_thread(examples)


class Story:
    """One project, to which things happen while it is watched."""

    def __init__(self, platform: Platform, run: Run) -> None:
        self.platform = platform
        self.run = run
        self.written = 1
        self.watchers: list[Watcher] = []

    async def tell(self, steps: list[str]) -> None:
        self.watchers = []
        for step in [*steps, "event"]:
            await self.step(step)
        for watcher in self.watchers:
            await watcher.see(self.written)
            await watcher.stop()
            assert watcher.seen == list(range(1, self.written + 1))

    async def step(self, step: str) -> None:
        if step == "flush":
            await self.platform.queue.redis.flushall()  # type: ignore[attr-defined]
        elif step == "watch":
            self.watchers.append(Watcher(self.platform, self.run.project_id))
        elif step == "reconnect":
            for watcher in self.watchers:
                await watcher.reconnect()
        else:
            await self.event(lost=step == "lost event")

    async def event(self, *, lost: bool) -> None:
        with pytest.MonkeyPatch.context() as patch:
            if lost:
                patch.setattr(type(self.platform.bus), "publish", _nowhere)
            assert await making.report_progress(
                self.platform, self.run, StageName.PLANNING, 0.5, "step"
            )
        self.written += 1


async def _nowhere(*_: object) -> None:
    return None


class Watcher:
    """Notes what it sees, also over reconnects."""

    def __init__(self, platform: Platform, project_id: str) -> None:
        self.platform = platform
        self.project_id = project_id
        self.seen: list[int] = []
        self.task = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        after = self.seen[-1] if self.seen else None
        async for event in watch.watch(self.platform, ALICE, self.project_id, after):
            self.seen.append(event.seq)

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def reconnect(self) -> None:
        await self.stop()
        self.task = asyncio.create_task(self._follow())

    async def see(self, last: int) -> None:
        async def seen() -> bool:
            if self.task.done():
                self.task.result()
            return bool(self.seen) and self.seen[-1] >= last

        await until(seen)


async def test_the_dashboard_follows(platform: Platform, project: Project) -> None:
    snapshots = watch.watch_dashboard(platform, ALICE)
    first = await anext(snapshots)
    assert first.counts[Status.QUEUED] == 1
    assert [one.id for one in first.running] == [project.id]
    other = await projects.start(platform, ALICE, StartSong("more"))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (snapshot := await anext(snapshots)).counts[Status.QUEUED] != 2:
            pass
        assert [one.id for one in snapshot.running] == [other.id, project.id]
        await projects.cancel(platform, ALICE, other.id)
        while (snapshot := await anext(snapshots)).counts[Status.CANCELLED] != 1:
            pass
    await snapshots.aclose()  # type: ignore[attr-defined]
