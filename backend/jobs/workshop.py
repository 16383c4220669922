"""Everything a worker process needs to make songs, and what it tidies meanwhile."""

import asyncio
import logging
import shutil
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from backend.cancelling import raise_if_cancelled, to_the_end
from backend.errors import ServiceUnavailable
from backend.jobs.packing import Packer
from backend.jobs.process_pool import ProcessPool
from backend.jobs.song_job import STAGE_SECONDS, SongJob
from backend.pipeline.artifacts import SoundBank, StageName
from backend.services import making, retention, setbacks
from backend.services.attendance import Attendance
from backend.services.platform import Platform
from backend.services.relay import relay
from backend.services.rendered import let_go_of_rendered

logger = logging.getLogger(__name__)

RUNNER = "backend.pipeline.runner:Runner"
TIDY_SECONDS = 2.0
RETENTION_SECONDS = 3600.0
PACKING_SECONDS = 60.0


class Workshop:
    """Makes songs, one call per job.

    Parameters
    ----------
    platform : Platform
        Where everything is kept.
    pool : ProcessPool
        Where the children come from.
    bank : SoundBank
        What to render with.
    scratch : Path
        Folder under which every run gets one of its own.
    stage_seconds : mapping
        Time-out of each stage.
    """

    def __init__(
        self,
        platform: Platform,
        pool: ProcessPool,
        bank: SoundBank,
        scratch: Path,
        stage_seconds: Mapping[StageName, float] = STAGE_SECONDS,
    ) -> None:
        self._platform = platform
        self._pool = pool
        self._bank = bank
        self._scratch = scratch
        self._stage_seconds = stage_seconds
        self._in_work = 0
        self._packer = Packer(platform, lambda: self._in_work == 0)

    async def make_song(self, take_id: str, attempt: int) -> None:
        """Make one attempt of a take; nothing when the attempt is not the present one.

        Nothing either while the database is away: who tidies queues again what waits.
        """
        run_id = str(uuid.uuid4())
        try:
            assignment = await making.claim(self._platform, take_id, attempt, run_id)
        except ServiceUnavailable as error:
            raise_if_cancelled()
            logger.warning("take %s waits: %s", take_id, error.__cause__ or error)
            return
        if assignment is None:
            return
        folder = self._scratch / run_id
        await asyncio.to_thread(folder.mkdir, parents=True)
        job = SongJob(
            self._platform, self._pool, self._bank, assignment, folder, self._stage_seconds
        )
        self._in_work += 1
        try:
            await job.run()
        finally:
            self._in_work -= 1
            await to_the_end(asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True))

    async def tidy(self) -> None:
        """Again and again: pay the outbox, recover takes of dead runs, drop their scratch."""
        attendance = Attendance()
        while True:
            try:
                await setbacks.recover_silent(self._platform, attendance)
                await relay(self._platform)
                await self._drop_abandoned_scratch()
            except ServiceUnavailable as error:
                logger.warning("tidying waits: %s (%s)", error.message, error.__cause__)
            except Exception:
                logger.exception("tidying failed")
            raise_if_cancelled()
            await asyncio.sleep(TIDY_SECONDS)

    async def let_go(self) -> None:
        """Once an hour: drop old progress, rendered tracks, downloads, and files without a row."""
        while True:
            try:
                await retention.trim_events(self._platform)
                await let_go_of_rendered(self._platform)
                await retention.drop_downloads(self._platform)
                swept = await retention.sweep_files(self._platform)
                if swept:
                    logger.warning("deleted %d files that no row named", swept)
            except ServiceUnavailable as error:
                logger.warning("letting go waits: %s (%s)", error.message, error.__cause__)
            except Exception:
                logger.exception("letting go failed")
            raise_if_cancelled()
            await asyncio.sleep(RETENTION_SECONDS)

    async def pack(self) -> None:
        """Once a minute: pack rendered tracks, as long as there is no song to make."""
        while True:
            await asyncio.sleep(PACKING_SECONDS)
            try:
                await self._packer.pack()
            except ServiceUnavailable as error:
                logger.warning("packing waits: %s (%s)", error.message, error.__cause__)
            except Exception:
                logger.exception("packing failed")
            raise_if_cancelled()

    async def _drop_abandoned_scratch(self) -> None:
        """Remove the folders of runs that hold nothing; listed first, so that none is too new."""
        folders = await asyncio.to_thread(lambda: list(self._scratch.iterdir()))
        if folders:
            held = await making.runs_at_work(self._platform)
            for folder in folders:
                if folder.name not in held:
                    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


@asynccontextmanager
async def open_workshop(
    platform: Platform,
    bank: SoundBank,
    *,
    runner: str = RUNNER,
    stage_seconds: Mapping[StageName, float] = STAGE_SECONDS,
) -> AsyncIterator[Workshop]:
    """Open a workshop with its children waiting, and tidy as long as it is open."""
    scratch = platform.settings.data_dir / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    pool = ProcessPool(runner, platform.settings.worker_concurrency)
    pool.fill()
    workshop = Workshop(platform, pool, bank, scratch, stage_seconds)
    tidying = [
        asyncio.create_task(workshop.tidy(), name="tidy"),
        asyncio.create_task(workshop.let_go(), name="let go"),
        asyncio.create_task(workshop.pack(), name="pack"),
    ]
    try:
        yield workshop
    finally:
        for task in tidying:
            task.cancel()
        await asyncio.gather(*tidying, return_exceptions=True)
        await pool.close()
