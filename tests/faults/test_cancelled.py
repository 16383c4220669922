"""Cancelling is quick in every stage, and leaves nothing that computes."""

import asyncio
import time
from pathlib import Path
from subprocess import Popen

import psutil
import pytest

from backend.models import EventType, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.platform import Platform
from backend.settings import Settings
from tests.faults.at_rest import comes_to_rest
from tests.fixtures.engine import ALICE, opened, until
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.subscribers import stays
from tests.fixtures.warm_standin import WARM_STANDIN, WARMING_CPU_SECONDS
from tests.fixtures.worker_process import children_of, worker_process

pytestmark = pytest.mark.faults

CANCELLED_SECONDS = 0.5
IDLE_SECONDS = 1.0
TRIES = 4
"""The quickest counts: the machine may have had something else to do in the others."""
IDLE_SHARE = 0.25
"""Of one core, at most, for the worker itself, which asks the queue five times a second.

The child of the cancelled song is gone by then. The one that takes its place computes while it
makes itself ready for the next song.
"""


async def test_in_every_stage_cancelled_means_at_once(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings, WARM_STANDIN) as worker:
            for stage in StageName:
                seconds = [await cancelled(platform, worker, Gate(tmp_path, stage, works=True))]
                while min(seconds) > CANCELLED_SECONDS and len(seconds) < TRIES:
                    gate = Gate(tmp_path, stage, works=True)
                    seconds.append(await cancelled(platform, worker, gate))
                assert min(seconds) <= CANCELLED_SECONDS
            await comes_to_rest(platform)
            (successor,) = children_of(worker)
            await until(lambda: stands_back(successor, psutil.Process(worker.pid)))
            await until(lambda: is_ready(successor))


async def cancelled(platform: Platform, worker: Popen[bytes], gate: Gate) -> float:
    """Cancel a song at work and see that nobody computes it any more; return how long it took."""
    gate.close()
    project = await started_at(platform, gate)
    main, at_work = psutil.Process(worker.pid), children_of(worker)
    asked = time.monotonic()
    stopped = await projects.cancel(platform, ALICE, project.id)
    assert (await stays(platform, project.id))[-1].type is EventType.PROJECT_CANCELLED
    took = time.monotonic() - asked
    assert stopped.status is Status.CANCELLED
    await asyncio.sleep(IDLE_SECONDS)
    before, start = computed(main), time.monotonic()
    await asyncio.sleep(IDLE_SECONDS / 2)
    share = (computed(main) - before) / (time.monotonic() - start)
    assert share <= IDLE_SHARE
    there = [child for child in children_of(worker) if is_there(child)]
    assert not set(there) & set(at_work)
    assert len(there) <= 1, "more than who makes itself ready for the next song"
    return took


def computed(process: psutil.Process) -> float:
    """Return the CPU seconds that a process has used."""
    return float(sum(process.cpu_times()[:2]))


async def stands_back(child: psutil.Process, behind: psutil.Process) -> bool:
    """Whether a child that may have just been born has put itself behind another process."""
    return bool(child.nice() > behind.nice())


async def is_ready(process: psutil.Process) -> bool:
    """Whether a process has warmed up and computes nothing any more."""
    before = computed(process)
    await asyncio.sleep(IDLE_SECONDS / 2)
    return before > WARMING_CPU_SECONDS and computed(process) == before


def is_there(process: psutil.Process) -> bool:
    """Whether a process is more than an entry that waits to be read."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
