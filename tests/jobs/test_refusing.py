"""A Redis that answers, and refuses to write, ends no worker."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from arq.constants import in_progress_key_prefix

from backend.errors import ServiceUnavailable
from backend.jobs import lease
from backend.jobs.queue import ArqQueue, open_queue
from backend.settings import Settings
from tests.fixtures.engine import until
from tests.jobs.test_lease import Jobs, worker

pytestmark = pytest.mark.api


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(lease, "SHOW_SECONDS", 0.1)
    monkeypatch.setattr(lease, "RECONNECT_SECONDS", 0.1)


@pytest.fixture
async def queue(sqlite_settings: Settings) -> AsyncIterator[ArqQueue]:
    async with open_queue(sqlite_settings) as queue:
        yield queue


async def refuse(queue: ArqQueue, replicas: int = 1) -> None:
    """Let every write be answered with NOREPLICAS, a plain ``ResponseError``."""
    await queue.redis.config_set("min-replicas-to-write", replicas)


async def accept(queue: ArqQueue) -> None:
    await refuse(queue, replicas=0)


async def test_a_worker_outlives_refusals_and_goes_on(
    queue: ArqQueue, caplog: pytest.LogCaptureFixture
) -> None:
    jobs = Jobs()
    working = worker(queue, jobs, max_jobs=2)
    task = asyncio.create_task(working.async_run())
    await queue.enqueue("one", 1)

    async def started() -> bool:
        return "one" in jobs.started

    async def refused_in_both_loops() -> bool:
        said = caplog.text
        both = "the queue pauses" in said and "was not renewed: NOREPLICAS" in said
        return both or task.done()

    key = f"{in_progress_key_prefix}one:1"

    async def leased_anew() -> object:
        return await queue.redis.get(key)

    async def both_started() -> bool:
        return jobs.started == ["one", "two"] or task.done()

    await until(started)
    with caplog.at_level(logging.WARNING):
        await refuse(queue)
        await until(refused_in_both_loops)
    await accept(queue)
    assert not task.done()
    await queue.redis.delete(key)
    await until(leased_anew)
    await queue.enqueue("two", 1)
    await until(both_started)
    assert not task.done()
    assert jobs.stopped == []
    task.cancel()
    await working.drain()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_lease_that_cannot_be_renewed_runs_out(queue: ArqQueue) -> None:
    await queue.enqueue("take", 1)
    jobs = Jobs()
    working = worker(queue, jobs)
    task = asyncio.create_task(working.async_run())
    key = f"{in_progress_key_prefix}take:1"

    async def started() -> bool:
        return bool(jobs.started)

    async def lease_is_over() -> bool:
        return await queue.redis.get(key) is None

    async def stopped() -> bool:
        return bool(jobs.stopped) or task.done()

    await until(started)
    await refuse(queue)
    await until(lease_is_over)
    await accept(queue)
    await queue.redis.set(key, "somebody else")
    await until(stopped)
    assert jobs.stopped == ["take"]
    task.cancel()
    await working.drain()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_worker_drains_while_redis_refuses(queue: ArqQueue) -> None:
    stopping = worker(queue, Jobs())
    await stopping.heart_beat()
    await refuse(queue)
    await stopping.drain()
    await accept(queue)
    assert len(await queue.workers()) == 1


async def test_a_queue_that_refuses_is_away(queue: ArqQueue) -> None:
    await refuse(queue)
    with pytest.raises(ServiceUnavailable):
        await queue.enqueue("take", 1)
    await accept(queue)
