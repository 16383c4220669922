"""One run of one take: the child makes, the worker keeps."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NoReturn, TypeVar

from structlog.contextvars import bind_contextvars

from backend.cancelling import raise_if_cancelled, to_the_end
from backend.errors import NotFound, ServiceUnavailable, StageFailed
from backend.jobs.messages import (
    GoOn,
    Order,
    PreviewMade,
    Progress,
    SongDone,
    SongFailed,
    StageDone,
    ToChild,
)
from backend.jobs.process import ProcessDiedError, SongProcess
from backend.jobs.process_pool import ProcessPool
from backend.observability.tracing import span
from backend.pipeline.artifacts import SoundBank, StageName
from backend.services import making, setbacks
from backend.services.making import Assignment
from backend.services.platform import Platform

logger = logging.getLogger(__name__)

BEAT_SECONDS = 2.0
PATIENCE_SECONDS = 60.0
"""How long database and storage may be away before the take goes back to the queue."""
STAGE_SECONDS: Mapping[StageName, float] = {
    StageName.PLANNING: 60,
    StageName.GENERATION: 180,
    StageName.ARRANGEMENT: 180,
    StageName.RENDERING: 900,
    StageName.MIXING: 900,
}
"""What each stage may take; a ten-minute song on a slow core stays well below."""

T = TypeVar("T")


class SupersededError(Exception):
    """The run does not hold the take any more: it was cancelled, deleted or taken over."""


class RefusedError(Exception):
    """The child says that the song cannot be made; ``args`` is the reason for the user."""


class FaultError(Exception):
    """Another attempt may succeed; ``args`` is the reason for the user."""


class SongJob:
    """Leads one assignment to its end, whatever the end is.

    Parameters
    ----------
    platform : Platform
        Where everything is kept.
    pool : ProcessPool
        Where the child comes from.
    bank : SoundBank
        What to render with.
    assignment : Assignment
        What to make.
    scratch : Path
        An empty folder for this run.
    stage_seconds : mapping
        Time-out of each stage.
    """

    def __init__(
        self,
        platform: Platform,
        pool: ProcessPool,
        bank: SoundBank,
        assignment: Assignment,
        scratch: Path,
        stage_seconds: Mapping[StageName, float] = STAGE_SECONDS,
    ) -> None:
        self._platform = platform
        self._pool = pool
        self._bank = bank
        self._assignment = assignment
        self._run = assignment.run
        self._scratch = scratch
        self._stage_seconds = stage_seconds
        self._superseded = False

    async def run(self) -> None:
        """Make the song, or write down why not.

        Raises
        ------
        asyncio.CancelledError
            When the worker is told to stop; the take is back in the queue then.
        """
        ids = {"project_id": self._run.project_id, "take_id": self._run.take_id}
        bind_contextvars(**ids)
        with span("song", **ids):
            await self._run_to_its_end()

    async def _run_to_its_end(self) -> None:
        making_it = asyncio.create_task(self._make(), name=f"make {self._run.take_id}")
        beating = asyncio.create_task(self._beat(making_it), name=f"beat {self._run.take_id}")

        def stop(take_id: str) -> None:
            if take_id == self._run.take_id:
                self._supersede(making_it)

        try:
            with self._platform.bus.stops(stop):
                await making_it
        except asyncio.CancelledError:
            if not self._superseded:
                await to_the_end(self._stop())
                raise
        except SupersededError:
            logger.info("take %s is not ours any more", self._run.take_id)
        except RefusedError as error:
            await self._fail(str(error))
        except FaultError as error:
            logger.warning("take %s was not finished: %s", self._run.take_id, error)
            await self._hand_back(str(error))
        finally:
            beating.cancel()

    async def _make(self) -> None:
        try:
            async with self._pool.borrow() as child:
                word: ToChild = await self._order()
                for stage in self._stages():
                    await self._lead(child, stage, word)
                    word = GoOn()
                await child.send(word)
                await self._expect_end(child)
        except ProcessDiedError:
            raise FaultError("The process that makes songs stopped unexpectedly.") from None

    def _stages(self) -> list[StageName]:
        return [stage for stage in StageName if stage not in self._assignment.done]

    async def _order(self) -> Order:
        done: dict[StageName, dict[str, Path]] = {}
        for stage, keys in self._assignment.done.items():
            done[stage] = await self._patiently(partial(self._fetch, keys))
        assignment = self._assignment
        return Order(
            request=assignment.request,
            mix=assignment.mix,
            bank=self._bank,
            scratch=self._scratch,
            done=done,
            song=assignment.song,
            date=assignment.date,
        )

    async def _fetch(self, keys: Mapping[str, str]) -> dict[str, Path]:
        storage = self._platform.storage
        return {name: await storage.fetch(key, self._scratch) for name, key in keys.items()}

    async def _lead(self, child: SongProcess, stage: StageName, word: ToChild) -> None:
        """Let the child begin a stage, follow it through, and keep what it leaves."""
        bind_contextvars(stage=stage.value)
        await self._held(lambda: making.begin_stage(self._platform, self._run, stage))
        await child.send(word)
        try:
            with span("stage", stage=stage.value):
                async with asyncio.timeout(self._stage_seconds[stage]):
                    done = await self._follow(child, stage)
        except TimeoutError:
            seconds = self._stage_seconds[stage]
            reason = f"The {stage.value} stage took longer than {seconds:.0f} seconds."
            raise FaultError(reason) from None
        await self._held(
            lambda: making.finish_stage(self._platform, self._run, stage, done.files, done.song)
        )

    async def _follow(self, child: SongProcess, stage: StageName) -> StageDone:
        while True:
            match await child.receive():
                case Progress() as told:
                    await self._tell(stage, told)
                case PreviewMade() as made:
                    await self._held(partial(self._keep_preview, made))
                case StageDone() as done:
                    return done
                case SongFailed() as failed:
                    self._give_up(failed)
                case SongDone():
                    raise FaultError(f"The {stage.value} stage left nothing.")

    async def _tell(self, stage: StageName, told: Progress) -> None:
        """Pass progress on; nobody misses one that the database could not take."""
        with suppress(ServiceUnavailable):
            if not await making.report_progress(
                self._platform, self._run, stage, told.progress, told.message, told.tracks
            ):
                raise SupersededError
        raise_if_cancelled()

    async def _keep_preview(self, made: PreviewMade) -> bool:
        return await making.keep_preview(self._platform, self._run, made.files, made.song)

    async def _expect_end(self, child: SongProcess) -> None:
        """Leave the child waiting for its next song."""
        if not isinstance(await child.receive(), SongDone):
            raise FaultError("The song did not end where it should.")

    def _give_up(self, failed: SongFailed) -> NoReturn:
        """Say why, to the operator in full; what only the user can change is no error of ours."""
        take_id = self._run.take_id
        if failed.retryable:
            logger.error("take %s: %s\n%s", take_id, failed.reason, failed.trace)
            raise FaultError(failed.reason)
        logger.info("take %s cannot be made: %s", take_id, failed.reason)
        raise RefusedError(failed.reason)

    async def _beat(self, making_it: asyncio.Task[None]) -> None:
        """Show that the run is alive; stop it when the take is somebody else's."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            with suppress(ServiceUnavailable):
                if not await making.beat(self._platform, self._run):
                    self._supersede(making_it)
                    return
            raise_if_cancelled()

    def _supersede(self, making_it: asyncio.Task[None]) -> None:
        self._superseded = True
        making_it.cancel()

    async def _fail(self, reason: str) -> None:
        await self._patiently(lambda: setbacks.fail(self._platform, self._run, reason))

    async def _hand_back(self, reason: str) -> None:
        await self._patiently(lambda: setbacks.hand_back(self._platform, self._run, reason))

    async def _stop(self) -> None:
        """Hand the take back without waiting for what is away; who tidies finds it else."""
        with suppress(ServiceUnavailable):
            await setbacks.hand_back(
                self._platform, self._run, "The worker was stopped.", counts=False
            )

    async def _held(self, write: Callable[[], Awaitable[bool]]) -> None:
        if not await self._patiently(write):
            raise SupersededError
        raise_if_cancelled()

    async def _patiently(self, action: Callable[[], Awaitable[T]]) -> T:
        """Try again while database or storage are away.

        Raises
        ------
        FaultError
            If they stay away, or a file got lost.
        """
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        pause = 0.1
        while True:
            try:
                return await action()
            except (StageFailed, NotFound) as error:
                raise FaultError(error.message) from error
            except ServiceUnavailable as error:
                raise_if_cancelled()
                if asyncio.get_running_loop().time() > deadline:
                    raise FaultError(error.message) from error
                logger.warning("take %s waits: %s", self._run.take_id, error.__cause__ or error)
                await asyncio.sleep(pause)
                pause = min(2.0, pause * 2)
