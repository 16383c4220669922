"""Leases: one holder, short, taken again when Redis lost them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from arq.constants import in_progress_key_prefix
from arq.worker import func

from backend.jobs import lease
from backend.jobs.lease import LeaseWorker
from backend.jobs.queue import MAKE_SONG, QUEUE, ArqQueue, open_queue
from backend.settings import Settings
from tests.fixtures.engine import until

pytestmark = pytest.mark.api


class Jobs:
    """Notes which job runs where, and lets it run until told."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.stopped: list[str] = []
        self.go_on = asyncio.Event()

    async def make(self, _ctx: dict[str, object], take_id: str, _attempt: int) -> None:
        self.started.append(take_id)
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.stopped.append(take_id)
            raise


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.2)


@pytest.fixture
async def queue(sqlite_settings: Settings) -> AsyncIterator[ArqQueue]:
    async with open_queue(sqlite_settings) as queue:
        yield queue


def worker(queue: ArqQueue, jobs: Jobs, *, max_jobs: int = 1) -> LeaseWorker:
    return LeaseWorker(
        functions=[func(jobs.make, name=MAKE_SONG)],
        queue_name=QUEUE,
        redis_pool=queue.redis,
        handle_signals=False,
        max_jobs=max_jobs,
        keep_result=0,
        poll_delay=0.05,
        job_serializer=queue.redis.job_serializer,
        job_deserializer=queue.redis.job_deserializer,
    )


@asynccontextmanager
async def running(*workers: LeaseWorker) -> AsyncIterator[None]:
    """Run workers in the background."""
    tasks = [asyncio.create_task(one.async_run()) for one in workers]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for one in workers:
            await one.drain()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_two_workers_share_the_jobs_and_run_each_once(queue: ArqQueue) -> None:
    jobs = Jobs()
    async with running(worker(queue, jobs, max_jobs=3), worker(queue, jobs, max_jobs=3)):
        for number in range(6):
            await queue.enqueue(f"take-{number}", 1)

        async def all_started() -> bool:
            return len(jobs.started) >= 6

        await until(all_started)
        await asyncio.sleep(1.5)
        assert sorted(jobs.started) == [f"take-{number}" for number in range(6)]
        jobs.go_on.set()

        async def empty() -> bool:
            return await queue.length() == 0

        await until(empty)


async def test_the_job_of_a_worker_that_is_gone_is_taken_over(queue: ArqQueue) -> None:
    await queue.enqueue("take", 1)
    await queue.redis.set(f"{in_progress_key_prefix}take:1", "gone", px=1000)
    jobs = Jobs()
    async with running(worker(queue, jobs)):

        async def started() -> bool:
            return bool(jobs.started)

        await until(started)


async def test_a_job_whose_lease_somebody_else_has_is_stopped(queue: ArqQueue) -> None:
    await queue.enqueue("take", 1)
    jobs = Jobs()
    async with running(worker(queue, jobs)):

        async def started() -> bool:
            return bool(jobs.started)

        await until(started)
        await queue.redis.set(f"{in_progress_key_prefix}take:1", "somebody else")

        async def stopped() -> bool:
            return jobs.stopped == ["take"]

        await until(stopped)


async def test_a_lease_that_redis_lost_is_taken_again(queue: ArqQueue) -> None:
    await queue.enqueue("take", 1)
    jobs = Jobs()
    async with running(worker(queue, jobs)):

        async def held() -> object:
            return await queue.redis.get(f"{in_progress_key_prefix}take:1")

        holder = await until(held)
        await queue.redis.flushall()
        assert await until(held) == holder
        assert jobs.stopped == []


async def test_a_delayed_job_waits(queue: ArqQueue) -> None:
    await queue.enqueue("later", 1, delay_seconds=60)
    await queue.enqueue("now", 1)
    jobs = Jobs()
    async with running(worker(queue, jobs, max_jobs=5)):

        async def started() -> bool:
            return bool(jobs.started)

        await until(started)
        await asyncio.sleep(0.3)
    assert jobs.started == ["now"]


async def test_the_same_attempt_is_queued_once(queue: ArqQueue) -> None:
    for _ in range(3):
        await queue.enqueue("take", 1)
    await queue.enqueue("take", 2)
    assert await queue.length() == 2
