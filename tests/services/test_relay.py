"""What is owed to the queue is paid, also when Redis was away or forgot."""

from datetime import timedelta

import pytest

from backend.launch.valkey import EmbeddedValkey
from backend.models import Status
from backend.models.base import now
from backend.persistence import outbox
from backend.services import announcing, projects, relay
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE
from tests.services.conftest import QueuedJobs

pytestmark = pytest.mark.api


async def test_a_song_started_without_redis_is_queued_when_it_is_back(
    platform: Platform, queued: QueuedJobs, valkey: EmbeddedValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "GRACE", timedelta(0))
    valkey.stop()
    started = await projects.start(platform, ALICE, StartSong("calm"))
    assert started.status is Status.QUEUED
    valkey.start()
    assert await queued.ids() == []
    await relay.relay(platform)
    await relay.relay(platform)
    assert await queued.ids() == [f"{started.current_take_id}:1"]
    async with platform.database.read() as session:
        assert await outbox.owed(session, now(), 10) == []


async def test_a_job_that_redis_forgot_comes_back(platform: Platform, queued: QueuedJobs) -> None:
    started = [await projects.start(platform, ALICE, StartSong("calm")) for _ in range(3)]
    await queued.redis.flushall()
    await relay.relay(platform)
    assert sorted(await queued.ids()) == sorted(f"{one.current_take_id}:1" for one in started)


async def test_paying_twice_queues_once(platform: Platform, queued: QueuedJobs) -> None:
    started = await projects.start(platform, ALICE, StartSong("calm"))
    assert started.current_take_id
    await announcing.pay(platform, started.current_take_id, 1)
    assert await queued.ids() == [f"{started.current_take_id}:1"]
