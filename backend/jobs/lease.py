"""An ARQ worker whose jobs are leased for seconds instead of minutes.

ARQ marks a running job with a key that lives as long as the longest job may take, so a job of a
killed worker waits for minutes. Here the key is a lease: short, renewed while the job runs, and
bound to the worker that holds it. What is due is asked of Redis, whose clock is the only one that
all workers share, and whose turn it is of whoever the worker is given to ask.
"""

import asyncio
import logging
import math
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from signal import Signals
from typing import Any

from arq.constants import in_progress_key_prefix, job_key_prefix, retry_key_prefix
from arq.utils import timestamp_ms
from arq.worker import Worker

from backend.cancelling import raise_if_cancelled
from backend.errors import ServiceUnavailable
from backend.jobs.presence import leave, show
from backend.jobs.queue import AWAY, LONGEST_DELAY_SECONDS
from backend.models.base import now
from backend.services.ports import PresentWorker

logger = logging.getLogger(__name__)

LEASE_SECONDS = 5.0
RENEW_SECONDS = 1.5
RECONNECT_SECONDS = 0.5
SHOW_SECONDS = 5.0
"""How often a worker shows itself when nothing has changed."""

Choose = Callable[[Sequence[str], int], Awaitable[Sequence[str]]]
"""Given the names of the jobs that are due, and the room there is: which to begin, in order."""

DUE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE')
local strange = redis.call('ZRANGE', KEYS[1], '(' .. now + ARGV[1], '+inf', 'BYSCORE')
for _, job in ipairs(strange) do table.insert(due, job) end
return due
"""
"""No job waits longer than the longest delay: where one seems to, somebody set the clock back."""

RENEW = """
local holder = redis.call('GET', KEYS[1])
if holder == false or holder == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
end
return 0
"""
"""A lease that Redis lost is taken again, unless somebody else was quicker."""

END = """
local holder = redis.call('GET', KEYS[1])
if holder ~= false and holder ~= ARGV[1] then return end
redis.call('DEL', KEYS[1])
if ARGV[2] == '1' then
    redis.call('DEL', KEYS[3], KEYS[4])
    redis.call('ZREM', KEYS[2], ARGV[3])
end
"""
"""A job that somebody else has begun meanwhile is theirs to end."""


async def oldest_first(due: Sequence[str], room: int) -> Sequence[str]:
    """Choose as the queue has them."""
    del room
    return due


class LeaseWorker(Worker):
    """Takes a job when nobody holds its lease, and lives through restarts of Redis.

    Parameters
    ----------
    choose : Choose
        Whose turn it is.
    *args, **kwargs
        As ARQ's worker takes them.
    """

    def __init__(self, *args: Any, choose: Choose = oldest_first, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to ARQ
        super().__init__(*args, **kwargs)
        self._choose = choose
        self._holder = uuid.uuid4().hex
        self._presence = PresentWorker(self._holder, now(), songs_in_work=0, room=self.max_jobs)
        self._shown_at = -math.inf
        self._due = self.pool.register_script(DUE)
        self._end = self.pool.register_script(END)

    async def main(self) -> None:
        """Wait for Redis, then work; renew the leases meanwhile."""
        await self._wait_for_redis()
        renewing = asyncio.create_task(self._renew_leases(), name="lease renewal")
        try:
            await super().main()
        finally:
            renewing.cancel()

    async def start_jobs(self, job_ids: Sequence[bytes]) -> None:
        """Start the jobs whose turn it is and whose lease can be had, as many as have room."""
        due = [job_id for raw in job_ids if not self._is_at_work(job_id := raw.decode())]
        if not due:
            return
        for job_id in await self._choose(due, self.max_jobs - self.job_counter):
            if self.job_counter >= self.max_jobs:
                return
            if await self._lease(job_id):
                self.job_counter += 1
                task = self.loop.create_task(self.run_job(job_id, timestamp_ms()))
                task.add_done_callback(self._leave)
                self.tasks[job_id] = task

    async def finish_job(self, job_id: str, finish: bool, *_of_arq: object) -> None:
        """Give the lease back; take the job from the queue if it is done."""
        keys = [
            in_progress_key_prefix + job_id,
            self.queue_name,
            job_key_prefix + job_id,
            retry_key_prefix + job_id,
        ]
        await self._end(keys=keys, args=[self._holder, int(finish), job_id])

    async def heart_beat(self) -> None:
        """Show now and then, and when it takes or ends a song, that this worker is there."""
        presence = replace(self._presence, songs_in_work=self.job_counter)
        if presence == self._presence and self.loop.time() - self._shown_at < SHOW_SECONDS:
            return
        await show(self.pool, presence, seconds=2 * SHOW_SECONDS)
        self._presence, self._shown_at = presence, self.loop.time()

    def handle_sig(self, signum: Signals) -> None:
        """Take no more jobs; those at work are told to stop once, by ``drain``."""
        logger.info("stopping on %s", Signals(signum).name)
        if self.main_task is not None:
            self.main_task.cancel()

    async def drain(self) -> None:
        """Stop the jobs and wait until they have handed back what they had."""
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        with suppress(*AWAY):
            await leave(self.pool, self._holder)

    async def _poll_iteration(self) -> None:
        try:
            if self.job_counter < self.max_jobs:
                longest_ms = round(1000 * LONGEST_DELAY_SECONDS)
                await self.start_jobs(await self._due(keys=[self.queue_name], args=[longest_ms]))
            self._drop_ended()
            await self.heart_beat()
        except (*AWAY, ServiceUnavailable) as error:
            raise_if_cancelled()
            logger.warning("the queue pauses: %s", error.__cause__ or error)
            await asyncio.sleep(RECONNECT_SECONDS)
        raise_if_cancelled()

    def _drop_ended(self) -> None:
        for job_id in [job for job, task in self.tasks.items() if task.done()]:
            self.tasks.pop(job_id).result()

    def _is_at_work(self, job_id: str) -> bool:
        """Whether this very worker has the job, also when Redis does not know it any more."""
        return job_id in self.tasks and not self.tasks[job_id].done()

    async def _wait_for_redis(self) -> None:
        while True:
            try:
                await self.pool.ping()
            except AWAY as error:
                raise_if_cancelled()
                logger.warning("waiting for Redis: %s", error)
                await asyncio.sleep(RECONNECT_SECONDS)
            else:
                return

    async def _lease(self, job_id: str) -> bool:
        """Take the lease; return whether the job is ours to run."""
        key = in_progress_key_prefix + job_id
        if not await self.pool.set(key, self._holder, nx=True, px=round(LEASE_SECONDS * 1000)):
            return False
        if await self.pool.zscore(self.queue_name, job_id) is not None:
            return True
        await self.pool.delete(key)
        return False

    def _leave(self, _task: asyncio.Task[Any]) -> None:
        self.job_counter -= 1

    async def _renew_leases(self) -> None:
        renew = self.pool.register_script(RENEW)
        lease_ms = round(LEASE_SECONDS * 1000)
        while True:
            raise_if_cancelled()
            await asyncio.sleep(RENEW_SECONDS)
            for job_id in [job for job, task in self.tasks.items() if not task.done()]:
                try:
                    key = in_progress_key_prefix + job_id
                    kept = await renew(keys=[key], args=[self._holder, lease_ms])
                except AWAY as error:
                    logger.warning("the lease of %s was not renewed: %s", job_id, error)
                    continue
                if not kept and (job := self.job_tasks.get(job_id)):
                    logger.warning("lost the lease of %s; stopping it", job_id)
                    job.cancel()
