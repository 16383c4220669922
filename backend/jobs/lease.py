"""An ARQ worker whose jobs are leased for seconds instead of minutes.

ARQ marks a running job with a key that lives as long as the longest job may take, so a job of a
killed worker waits for minutes. Here the key is a lease: short, renewed while the job runs, and
bound to the worker that holds it.
"""

import asyncio
import logging
import uuid
from typing import Any

from arq.constants import in_progress_key_prefix
from arq.utils import timestamp_ms
from arq.worker import Worker

from backend.events.cancelling import raise_if_cancelled
from backend.jobs.queue import AWAY

logger = logging.getLogger(__name__)

LEASE_SECONDS = 6.0
RENEW_SECONDS = 2.0
RECONNECT_SECONDS = 0.5

RENEW = """
local holder = redis.call('GET', KEYS[1])
if holder == false or holder == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
end
return 0
"""
"""A lease that Redis lost is taken again, unless somebody else was quicker."""


class LeaseWorker(Worker):
    """Takes a job when nobody holds its lease, and lives through restarts of Redis."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on to ARQ
        super().__init__(*args, **kwargs)
        self._holder = uuid.uuid4().hex

    async def main(self) -> None:
        """Wait for Redis, then work; renew the leases meanwhile."""
        await self._wait_for_redis()
        renewing = asyncio.create_task(self._renew_leases(), name="lease renewal")
        try:
            await super().main()
        finally:
            renewing.cancel()

    async def start_jobs(self, job_ids: list[bytes]) -> None:
        """Start the jobs whose lease can be had, as many as there is room for."""
        for job_id in (raw.decode() for raw in job_ids):
            if self.job_counter >= self.max_jobs:
                return
            score = await self._lease(job_id)
            if score is not None:
                self.job_counter += 1
                task = self.loop.create_task(self.run_job(job_id, score))
                task.add_done_callback(self._leave)
                self.tasks[job_id] = task

    async def drain(self) -> None:
        """Stop the jobs and wait until they have handed back what they had."""
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    async def _poll_iteration(self) -> None:
        try:
            await super()._poll_iteration()
        except AWAY as error:
            raise_if_cancelled()
            logger.warning("the queue pauses until Redis is back: %s", error)
            await asyncio.sleep(RECONNECT_SECONDS)
        raise_if_cancelled()

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

    async def _lease(self, job_id: str) -> int | None:
        """Take the lease; return when the job was due, or None if it is not ours to run."""
        key = in_progress_key_prefix + job_id
        lease_ms = round(LEASE_SECONDS * 1000)
        if not await self.pool.set(key, self._holder, nx=True, px=lease_ms):
            return None
        score = await self.pool.zscore(self.queue_name, job_id)
        if score is None or score > timestamp_ms():
            await self.pool.delete(key)
            return None
        return int(score)

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
                except AWAY:
                    continue
                if not kept and (job := self.job_tasks.get(job_id)):
                    logger.warning("lost the lease of %s; stopping it", job_id)
                    job.cancel()
