"""Cancelling is quick in every stage, and leaves nothing that computes."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from subprocess import Popen

import psutil
import pytest

from backend.models import EventType, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.platform import Platform
from backend.settings import Settings
from tests.fixtures.engine import ALICE, opened
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.subscribers import stays
from tests.fixtures.worker_process import children_of, worker_process

pytestmark = pytest.mark.faults

CANCELLED_SECONDS = 0.5
IDLE_SECONDS = 1.0
TRIES = 4
"""The quickest counts: the machine may have had something else to do in the others."""
IDLE_SHARE = 0.25
"""Of one core, at most: the worker asks the queue five times a second. A song takes all of it."""


async def test_in_every_stage_cancelled_means_at_once(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as worker:
            for stage in StageName:
                seconds = [await cancelled(platform, worker, Gate(tmp_path, stage, works=True))]
                while min(seconds) > CANCELLED_SECONDS and len(seconds) < TRIES:
                    gate = Gate(tmp_path, stage, works=True)
                    seconds.append(await cancelled(platform, worker, gate))
                assert min(seconds) <= CANCELLED_SECONDS


async def cancelled(platform: Platform, worker: Popen[bytes], gate: Gate) -> float:
    """Cancel a song at work and see that nobody computes it any more; return how long it took."""
    gate.close()
    project = await started_at(platform, gate)
    at_work = [psutil.Process(worker.pid), *children_of(worker)]
    asked = time.monotonic()
    stopped = await projects.cancel(platform, ALICE, project.id)
    assert (await stays(platform, project.id))[-1].type is EventType.PROJECT_CANCELLED
    took = time.monotonic() - asked
    assert stopped.status is Status.CANCELLED
    await asyncio.sleep(IDLE_SECONDS)
    before, start = computed(at_work), time.monotonic()
    await asyncio.sleep(IDLE_SECONDS / 2)
    share = (computed(at_work) - before) / (time.monotonic() - start)
    assert share <= IDLE_SHARE
    assert not any(is_there(child) for child in at_work[1:])
    return took


def computed(processes: list[psutil.Process]) -> float:
    """Return the CPU seconds of those that are still there."""
    seconds = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            seconds += sum(process.cpu_times()[:2])
    return seconds


def is_there(process: psutil.Process) -> bool:
    """Whether a process is more than an entry that waits to be read."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
