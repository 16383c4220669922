"""Leases: one holder, short, taken again when Redis lost them."""

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from arq.constants import in_progress_key_prefix
from arq.worker import func

from backend.jobs import lease, presence
from backend.jobs.lease import Choose, LeaseWorker, oldest_first
from backend.jobs.queue import MAKE_SONG, QUEUE, ArqQueue, open_queue
from backend.services.ports import PresentWorker
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
    monkeypatch.setattr(lease, "LEASE_SECONDS", 2.0)
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.2)


@pytest.fixture
async def queue(sqlite_settings: Settings) -> AsyncIterator[ArqQueue]:
    async with open_queue(sqlite_settings) as queue:
        yield queue


def worker(
    queue: ArqQueue, jobs: Jobs, *, max_jobs: int = 1, choose: Choose = oldest_first
) -> LeaseWorker:
    return LeaseWorker(
        choose=choose,
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
        await asyncio.sleep(1.2 * lease.LEASE_SECONDS)
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


async def test_a_worker_that_is_told_to_stop_lets_its_jobs_hand_back(queue: ArqQueue) -> None:
    handed_back: list[str] = []

    class Slow(Jobs):
        async def make(self, ctx: dict[str, object], take_id: str, attempt: int) -> None:
            try:
                await super().make(ctx, take_id, attempt)
            except asyncio.CancelledError:
                await asyncio.sleep(0.2)
                handed_back.append(take_id)
                raise

    jobs = Slow()
    await queue.enqueue("one", 1)
    stopped = worker(queue, jobs)
    working = asyncio.create_task(stopped.async_run())

    async def started() -> bool:
        return jobs.started == ["one"]

    await until(started)
    stopped.handle_sig(signal.SIGTERM)
    await asyncio.gather(working, return_exceptions=True)
    await stopped.drain()
    assert handed_back == ["one"]


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


async def test_a_job_at_work_is_not_begun_again_when_its_lease_is_gone(queue: ArqQueue) -> None:
    await queue.enqueue("take", 1)
    jobs = Jobs()
    async with running(worker(queue, jobs, max_jobs=2)):

        async def started() -> bool:
            return bool(jobs.started)

        await until(started)
        for _ in range(20):
            await queue.redis.delete(f"{in_progress_key_prefix}take:1")
            await asyncio.sleep(0.02)
        assert jobs.started == ["take"]


async def test_a_clock_that_was_set_back_holds_nothing_up(queue: ArqQueue) -> None:
    await queue.enqueue("begun before", 1)
    await queue.enqueue("to be tried again", 1, delay_seconds=30)
    await queue.redis.zincrby(QUEUE, 3_600_000, "to be tried again:1")
    jobs = Jobs()
    async with running(worker(queue, jobs, max_jobs=2)):

        async def both() -> bool:
            return set(jobs.started) == {"begun before", "to be tried again"}

        await until(both)


async def test_who_lost_a_job_leaves_it_to_the_one_that_has_it(queue: ArqQueue) -> None:
    await queue.enqueue("take", 1)
    jobs = Jobs()
    async with running(worker(queue, jobs)):

        async def started() -> bool:
            return bool(jobs.started)

        await until(started)
        key = f"{in_progress_key_prefix}take:1"
        await queue.redis.set(key, "somebody else")
        jobs.go_on.set()

        await asyncio.sleep(0.5)
        assert await queue.redis.get(key) == b"somebody else"
        assert await queue.length() == 1


async def test_the_choice_of_the_next_job_is_somebody_elses(queue: ArqQueue) -> None:
    for number in range(5):
        await queue.enqueue(f"take-{number}", 1)

    async def newest_first(due: Sequence[str], room: int) -> Sequence[str]:
        assert room == 2
        return sorted(due, reverse=True)[:-1]

    jobs = Jobs()
    async with running(worker(queue, jobs, max_jobs=2, choose=newest_first)):

        async def two() -> bool:
            return len(jobs.started) == 2

        await until(two)
        await asyncio.sleep(0.2)
        assert jobs.started == ["take-4", "take-3"]


async def test_workers_show_themselves_and_what_they_do_until_they_leave(queue: ArqQueue) -> None:
    jobs = Jobs()
    async with running(worker(queue, jobs), worker(queue, jobs, max_jobs=2)):

        async def both() -> bool:
            return len(await queue.workers()) == 2

        await until(both)
        assert sorted(one.room for one in await queue.workers()) == [1, 2]
        await queue.enqueue("take", 1)

        async def one_at_work() -> bool:
            return sorted(one.songs_in_work for one in await queue.workers()) == [0, 1]

        await until(one_at_work)
        jobs.go_on.set()

        async def none_at_work() -> bool:
            return [one.songs_in_work for one in await queue.workers()] == [0, 0]

        await until(none_at_work)
    assert await queue.workers() == []


async def test_a_worker_that_dies_is_soon_forgotten(queue: ArqQueue) -> None:
    dead = PresentWorker("dead", datetime.now(UTC), songs_in_work=1, room=1)
    await presence.show(queue.redis, dead, seconds=60)
    assert await queue.workers() == [dead]
    await presence.show(queue.redis, dead, seconds=0.1)

    async def forgotten() -> bool:
        return await queue.workers() == []

    await until(forgotten)
    assert await queue.redis.scard(presence.WORKERS) == 0
