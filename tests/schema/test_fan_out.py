"""Those who ask the same of an event share its execution, and nothing else."""

import asyncio
import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from backend.auth import Viewer
from backend.limits import Limits
from backend.pipeline.artifacts import StageName
from backend.schema import fan_out
from backend.schema.context import Context
from backend.schema.definition import MusicSchema
from backend.schema.fan_out import SharedAnswers, Subscription
from backend.schema.watching import read_watching
from backend.services import projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import until
from tests.fixtures.played_worker import PlayedWorker

SCALARS = """subscription($projectId: ID!, $after: String) {
  projectEvents(projectId: $projectId, after: $after) { id type progress }
}"""
NESTED = """subscription($projectId: ID!, $titled: Boolean = true) {
  projectEvents(projectId: $projectId) { id project { status title @include(if: $titled) } }
}"""
EVENTS = [str(number) for number in range(1, 12)]


@pytest.fixture
def schema() -> MusicSchema:
    return MusicSchema(Limits())


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the list of all executions."""
    calls: list[object] = []
    execute = fan_out.execute

    def noted(*arguments: object, **options: object) -> object:
        calls.append(options["root_value"])
        return execute(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(fan_out, "execute", noted)
    return calls


@pytest.fixture
async def project_id(backstage: Platform, user_id: str) -> str:
    return (await projects.start(backstage, Viewer(user_id), StartSong("calm"))).id


def subscribed(
    shared: SharedAnswers, platform: Platform, viewer: Viewer, query: str, **variables: object
) -> Subscription:
    context = Context(platform, viewer, remember=False)
    subscription = shared.subscription(query, None, variables, context)
    assert subscription is not None
    return subscription


def never(payload: str) -> bool:
    """Have nobody who would send at once."""
    return False


async def delivered(
    subscription: Subscription, takes: Callable[[str], bool] = never
) -> list[dict[str, Any]]:
    """Return all messages of a subscription; ``takes`` says which can be sent at once."""
    payloads: list[str] = []

    async def send(payload: str) -> None:
        payloads.append(payload)

    def send_at_once(payload: str) -> bool:
        taken = takes(payload)
        if taken:
            payloads.append(payload)
        return taken

    async with asyncio.timeout(60):
        await subscription.deliver(send, send_at_once)
    return [orjson.loads(payload) for payload in payloads]


async def seen(subscription: Subscription) -> list[str]:
    """Return the ids of all events."""
    messages = await delivered(subscription)
    return [message["data"]["projectEvents"]["id"] for message in messages]


async def all_watch(platform: Platform, count: int) -> None:
    async def watching() -> bool:
        return platform.bus.subscribers >= count

    await until(watching)


@pytest.mark.parametrize("query", [SCALARS, NESTED])
async def test_an_event_is_executed_once_for_all(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str,
    executed: list[object], query: str, tmp_path: Path,
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    every = [subscribed(shared, backstage, viewer, query, projectId=project_id) for _ in range(10)]
    assert len(shared) == 1
    watching = [asyncio.create_task(seen(one)) for one in every]
    await all_watch(backstage, len(every))
    await PlayedWorker(backstage, tmp_path).finish(project_id, reports=0)
    for events in await asyncio.gather(*watching):
        assert events == EVENTS
    assert len(executed) == len(EVENTS)


async def test_a_connection_that_is_free_is_sent_progress_at_once_and_in_order(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str,
    executed: list[object], tmp_path: Path,
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    asked: list[str] = []

    def now_and_then(payload: str) -> bool:
        asked.append(payload)
        return len(asked) % 3 != 0

    every = [subscribed(shared, backstage, viewer, SCALARS, projectId=project_id) for _ in range(3)]
    watching = [
        asyncio.create_task(delivered(one, takes))
        for one, takes in zip(every, (now_and_then, lambda _: True, never), strict=True)
    ]
    await all_watch(backstage, len(every))
    await PlayedWorker(backstage, tmp_path).finish(project_id, reports=6)
    first, *others = await asyncio.gather(*watching)
    ids = [message["data"]["projectEvents"]["id"] for message in first]
    assert ids == [str(number) for number in range(1, len(ids) + 1)]
    assert all(messages == first for messages in others)
    assert len(executed) == len(ids)
    kinds = {orjson.loads(payload)["data"]["projectEvents"]["type"] for payload in asked}
    assert kinds == {"STAGE_PROGRESS"}


async def test_whoever_comes_late_sees_all_first_and_then_shares(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str,
    executed: list[object], tmp_path: Path,
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    early = subscribed(shared, backstage, viewer, SCALARS, projectId=project_id)
    watching = [asyncio.create_task(seen(early))]
    worker = PlayedWorker(backstage, tmp_path)
    await worker.claim(project_id)
    stages = list(StageName)
    for stage in stages[:3]:
        await worker.step(stage, reports=0)
    late = subscribed(shared, backstage, viewer, SCALARS, projectId=project_id)
    midway = subscribed(shared, backstage, viewer, SCALARS, projectId=project_id, after="4")
    assert len(shared) == 1
    watching += [asyncio.create_task(seen(one)) for one in (late, midway)]
    for stage in stages[3:]:
        await worker.step(stage, reports=0)
    ids = await asyncio.gather(*watching)
    assert ids == [EVENTS, EVENTS, EVENTS[4:]]


async def test_whoever_leaves_in_the_middle_of_an_execution_disturbs_nobody(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    first, second = (
        subscribed(shared, backstage, viewer, NESTED, projectId=project_id) for _ in range(2)
    )
    await PlayedWorker(backstage, tmp_path).finish(project_id, reports=0)
    leaving = asyncio.create_task(seen(first))
    staying = asyncio.create_task(seen(second))
    async with asyncio.timeout(20):
        while not first.answers._found:  # noqa: ASYNC110 - a step at a time, not to be too late
            await asyncio.sleep(0)
    leaving.cancel()
    assert await staying == EVENTS


async def test_questions_that_differ_share_nothing(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    asked = [
        subscribed(shared, backstage, viewer, SCALARS, projectId=project_id),
        subscribed(shared, backstage, viewer, SCALARS, projectId="another"),
        subscribed(shared, backstage, Viewer("somebody else"), SCALARS, projectId=project_id),
        subscribed(shared, backstage, viewer, NESTED, projectId=project_id),
        subscribed(shared, backstage, viewer, NESTED, projectId=project_id, titled=False),
    ]
    assert len(shared) == len({id(one.answers) for one in asked}) == 5
    again = subscribed(shared, backstage, viewer, SCALARS, projectId=project_id, after="7")
    assert again.answers is asked[0].answers
    del asked, again
    gc.collect()
    assert len(shared) == 0


async def test_another_user_is_refused_and_an_old_token_too(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    await PlayedWorker(backstage, tmp_path).finish(project_id, reports=0)
    fine = subscribed(shared, backstage, viewer, SCALARS, projectId=project_id)
    expired = replace(viewer, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    for other, code in ((Viewer("mallory"), "NOT_FOUND"), (expired, "NOT_AUTHENTICATED")):
        refused = subscribed(shared, backstage, other, SCALARS, projectId=project_id)
        [answer] = await delivered(refused)
        assert answer["data"] is None
        assert answer["errors"][0]["extensions"]["code"] == code
    assert await seen(fine) == EVENTS


async def test_a_token_that_expires_ends_its_own_subscription_alone(
    schema: MusicSchema, backstage: Platform, user_id: str, project_id: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    shared, viewer = SharedAnswers(schema), Viewer(user_id)
    soon = replace(viewer, expires_at=datetime.now(UTC) + timedelta(seconds=0.2))
    short = subscribed(shared, backstage, soon, SCALARS, projectId=project_id)
    long = subscribed(shared, backstage, viewer, SCALARS, projectId=project_id)
    assert short.answers is long.answers
    staying = asyncio.create_task(seen(long))
    [answer] = await delivered(short)
    assert answer["errors"][0]["extensions"]["code"] == "NOT_AUTHENTICATED"
    await PlayedWorker(backstage, tmp_path).finish(project_id, reports=0)
    assert await staying == EVENTS


@pytest.mark.parametrize(
    "query",
    [
        "{ projects { totalCount } }",
        "subscription { dashboard { counts { queued } } }",
        "subscription { ... on Subscription { projectEvents(projectId: 1) { id } } }",
        "subscription { projectEvents(projectId: 1) @skip(if: false) { id } }",
        "subscription { projectEvents(projectId: 1) { nothing } }",
        "subscription { projectEvents { id } }",
        "subscription($id: ID!) { projectEvents(projectId: $id) { id } }",
        "subscription {",
    ],
)
def test_everything_else_is_left_to_strawberry(schema: MusicSchema, query: str) -> None:
    assert read_watching(schema, query, None, {}) is None
