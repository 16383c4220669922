"""The worker process: takes songs from the queue until it is told to stop."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from arq.worker import func

from backend.jobs.lease import LeaseWorker
from backend.jobs.queue import (
    MAKE_SONG,
    QUEUE,
    attempt_of,
    job_id,
    open_queue,
)
from backend.jobs.song_job import STAGE_SECONDS
from backend.jobs.workshop import RUNNER, Workshop, open_workshop
from backend.pipeline.artifacts import SoundBank, StageName
from backend.services.platform import open_platform
from backend.services.queueing import next_up
from backend.settings import Settings

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.2
MOST_TRIES = 20
"""Of one ARQ job; how often a stage may fail is counted in the database."""


def run(
    settings: Settings,
    bank: SoundBank,
    *,
    runner: str = RUNNER,
    stage_seconds: Mapping[StageName, float] = STAGE_SECONDS,
) -> None:
    """Work until SIGTERM or SIGINT; songs in work go back to the queue then.

    Parameters
    ----------
    settings : Settings
        Of this process.
    bank : SoundBank
        What to render with.
    runner : str
        What makes the songs, ``module:class``.
    stage_seconds : mapping
        Time-out of each stage.
    """
    asyncio.run(serve(settings, bank, runner=runner, stage_seconds=stage_seconds))


async def serve(
    settings: Settings,
    bank: SoundBank,
    *,
    runner: str = RUNNER,
    stage_seconds: Mapping[StageName, float] = STAGE_SECONDS,
) -> None:
    """As ``run``, in a loop that runs already."""
    async with (
        open_queue(settings) as queue,
        open_platform(settings, queue) as platform,
        open_workshop(platform, bank, runner=runner, stage_seconds=stage_seconds) as workshop,
    ):

        async def choose(due: Sequence[str], room: int) -> Sequence[str]:
            turns = await next_up(platform, [attempt_of(job) for job in due], room)
            return [job_id(*turn) for turn in turns]

        worker = LeaseWorker(
            choose=choose,
            functions=[func(make_song, name=MAKE_SONG, max_tries=MOST_TRIES)],
            queue_name=QUEUE,
            redis_pool=queue.redis,
            ctx={"workshop": workshop},
            max_jobs=settings.worker_concurrency,
            job_timeout=sum(stage_seconds.values()) + 600,
            keep_result=0,
            poll_delay=POLL_SECONDS,
            job_serializer=queue.redis.job_serializer,
            job_deserializer=queue.redis.job_deserializer,
        )
        try:
            with suppress(asyncio.CancelledError):
                await worker.async_run()
        finally:
            logger.info("handing back what is in work")
            await worker.drain()


async def make_song(ctx: dict[str, Any], take_id: str, attempt: int) -> None:
    """Make one attempt of a take; the job that ARQ knows."""
    workshop: Workshop = ctx["workshop"]
    await workshop.make_song(take_id, attempt)
