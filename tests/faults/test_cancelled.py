"""Cancelling is quick in every stage, and leaves nothing that computes."""

import time
from pathlib import Path

import psutil
import pytest

from backend.models import EventType, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.settings import Settings
from tests.fixtures.engine import ALICE, opened, until
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.subscribers import stays
from tests.fixtures.worker_process import children_of, worker_process

pytestmark = pytest.mark.faults

CANCELLED_SECONDS = 0.5
IDLE_SECONDS = 1.0


async def test_in_every_stage_cancelled_means_at_once(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as worker:
            for stage in StageName:
                gate = Gate(tmp_path, stage)
                project = await started_at(platform, gate)
                [busy] = [child for child in children_of(worker) if child.is_running()]
                asked = time.monotonic()
                cancelled = await projects.cancel(platform, ALICE, project.id)
                assert (await stays(platform, project.id))[-1].type is EventType.PROJECT_CANCELLED
                assert time.monotonic() - asked <= CANCELLED_SECONDS
                assert cancelled.status is Status.CANCELLED
                await until(lambda busy=busy: ended(busy), IDLE_SECONDS)
                gate.open()


async def ended(process: psutil.Process) -> bool:
    """Whether a process computes no more: it is gone, or waits to be buried."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
