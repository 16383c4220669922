"""Starting a song: everything is checked, then everything is written at once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.errors import InvalidInput, LimitExceeded
from backend.models import StageStatus, Status
from backend.models.base import now
from backend.persistence import line, outbox
from backend.pipeline.artifacts import LyricsRequest, StageName
from backend.services import library, projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, BOB, look
from tests.services.conftest import QueuedJobs

pytestmark = pytest.mark.api

CALM = StartSong("A calm evening by the lake")


async def test_the_project_waits_in_the_queue(platform: Platform, queued: QueuedJobs) -> None:
    started = await projects.start(platform, ALICE, CALM)
    project, take, stages = await look(platform, started.id)
    assert (project.status, project.title) == (Status.QUEUED, CALM.prompt)
    assert [stage.name for stage in stages] == [name.value for name in StageName]
    assert {stage.status for stage in stages} == {StageStatus.PENDING}
    assert await queued.ids() == [f"{take.id}:1"]
    async with platform.database.read() as session:
        assert await outbox.owed(session, now() + timedelta(seconds=1), 10) == []


async def test_every_field_reaches_the_take(platform: Platform) -> None:
    command = StartSong(
        prompt="  A song  ", title="My song", genre="techno", mood="dark", energy=0.8,
        tempo_bpm=128.5, key="A minor", time_signature="4/4", instruments=("piano",),
        without_instruments=("saxophone",), lyrics=LyricsRequest(theme="rain", text="One\nTwo"),
        duration_seconds=90, seed=7,
    )  # fmt: skip
    started = await projects.start(platform, ALICE, command)
    _, take, _ = await look(platform, started.id)
    request = take.request
    assert started.title == "My song"
    assert request["prompt"] == "A song"
    assert (request["genre"], request["tempo_bpm"], request["key"]) == ("techno", 128.5, "A minor")
    assert request["instruments"] == ["piano"]
    assert request["lyrics"]["text"] == "One\nTwo"
    assert (take.seed, request["seed"]) == (7, 7)


async def test_a_seed_is_drawn_where_none_is_given(platform: Platform) -> None:
    started = [await projects.start(platform, ALICE, CALM) for _ in range(3)]
    found = await library.takes_of(platform, [project.id for project in started])
    seeds = {take.seed for taken in found.values() for take in taken}
    assert len(seeds) == 3
    assert all(0 <= seed < 2**31 for seed in seeds)


REFUSED = [
    ("prompt", {"prompt": ""}),
    ("prompt", {"prompt": " \n "}),
    ("prompt", {"prompt": "x" * 2001}),
    ("prompt", {"prompt": "x" * 10_000_000}),
    ("prompt", {"prompt": "🎵🎶"}),
    ("prompt", {"prompt": "bell\x07"}),
    ("prompt", {"prompt": "null\x00"}),
    ("title", {"title": "x" * 121}),
    ("title", {"title": "two\nlines"}),
    ("style.genre", {"genre": "polka-core"}),
    ("style.energy", {"energy": 1.01}),
    ("style.energy", {"energy": float("nan")}),
    ("style.tempoBpm", {"tempo_bpm": 39.9}),
    ("style.tempoBpm", {"tempo_bpm": float("inf")}),
    ("style.key", {"key": "H major"}),
    ("style.key", {"key": ""}),
    ("style.timeSignature", {"time_signature": "5/3"}),
    ("style.instruments", {"instruments": ("the moon",)}),
    ("style.instruments", {"instruments": ("piano",) * 17}),
    ("style.withoutInstruments", {"without_instruments": ("",)}),
    ("lyrics.text", {"lyrics": LyricsRequest(text="x" * 5001)}),
    ("instrumental", {"lyrics": LyricsRequest(theme="rain"), "instrumental": True}),
    ("durationSeconds", {"duration_seconds": -1}),
    ("durationSeconds", {"duration_seconds": 10**9}),
    ("seed", {"seed": -1}),
    ("seed", {"seed": 2**31}),
    ("idempotencyKey", {"idempotency_key": ""}),
    ("idempotencyKey", {"idempotency_key": "x" * 201}),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_cannot_be_obeyed_is_refused_by_name_and_leaves_nothing(
    platform: Platform, queued: QueuedJobs
) -> None:
    for field, wrong in REFUSED:
        with pytest.raises(InvalidInput) as refused:
            await projects.start(platform, ALICE, replace(CALM, **wrong))
        assert refused.value.field == field
        assert len(refused.value.message) < 2000
    page = await library.projects(platform, ALICE)
    assert page.total_count == 0
    assert await queued.ids() == []


@pytest.mark.parametrize("prompt", ["rain 🎵🎶", "夏の夜", "a" * 2000, "line\nbreaks\tand tabs"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_any_other_words_are_welcome(platform: Platform, prompt: str) -> None:
    started = await projects.start(platform, ALICE, StartSong(prompt))
    assert started.prompt == prompt
    assert 1 <= len(started.title) <= 62


async def test_a_key_gives_one_project_however_often_it_comes(
    platform: Platform, queued: QueuedJobs
) -> None:
    command = replace(CALM, idempotency_key="order-1")
    started = await asyncio.gather(*(projects.start(platform, ALICE, command) for _ in range(50)))
    assert len({project.id for project in started}) == 1
    assert len(await queued.ids()) == 1
    assert (await library.projects(platform, ALICE)).total_count == 1
    other = await projects.start(platform, BOB, command)
    assert other.id != started[0].id


async def test_a_key_with_another_request_is_refused(platform: Platform) -> None:
    await projects.start(platform, ALICE, replace(CALM, idempotency_key="order-1"))
    with pytest.raises(InvalidInput) as refused:
        await projects.start(platform, ALICE, StartSong("Other", idempotency_key="order-1"))
    assert refused.value.field == "idempotencyKey"


async def test_a_key_is_forgotten_after_a_day(platform: Platform) -> None:
    command = replace(CALM, idempotency_key="order-1")
    first = await projects.start(platform, ALICE, command)
    async with platform.database.write() as work:
        row = await work.session.get(type(first), first.id)
        assert row is not None
        row.created_at = now() - timedelta(hours=24, seconds=1)
    second = await projects.start(platform, ALICE, command)
    assert second.id != first.id


async def test_a_full_queue_says_when_to_come_back(
    platform: Platform, queued: QueuedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projects, "QUEUE_LIMIT", 2)
    for _ in range(2):
        await projects.start(platform, ALICE, CALM)
    with pytest.raises(LimitExceeded) as refused:
        await projects.start(platform, ALICE, CALM)
    assert refused.value.retry_after_seconds == 60
    assert (await library.projects(platform, ALICE)).total_count == 2


async def test_a_queue_that_forgot_its_songs_is_as_full(
    platform: Platform, queued: QueuedJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projects, "QUEUE_LIMIT", 2)
    await projects.start(platform, ALICE, CALM)
    accepted = replace(CALM, idempotency_key="order-1")
    second = await projects.start(platform, ALICE, accepted)
    await queued.redis.flushall()
    with pytest.raises(LimitExceeded):
        await projects.start(platform, ALICE, CALM)
    assert (await projects.start(platform, ALICE, accepted)).id == second.id
    await projects.cancel(platform, ALICE, second.id)
    await projects.start(platform, ALICE, CALM)


async def test_a_song_that_waits_is_known_to_the_database(platform: Platform) -> None:
    started = await projects.start(platform, ALICE, CALM)
    async with platform.database.read() as session:
        waiting = await line.next_in_line(session, limit=10, most_each=10)
    assert waiting == [(started.current_take_id, 1)]
