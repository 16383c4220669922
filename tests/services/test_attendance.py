"""A run is dead when it says nothing new, whatever the clocks say."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend.models import Status
from backend.models.base import now
from backend.persistence import takes
from backend.persistence.takes import Sign
from backend.services import projects, setbacks
from backend.services.attendance import SILENT_SECONDS, Attendance
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, look
from tests.services.making_up import claimed


class Clock:
    """Goes on when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def sign(heartbeat: datetime, run: str = "run") -> Sign:
    return Sign("take", 1, run, heartbeat)


@pytest.mark.parametrize("hours", [-5, 0, 5])
def test_the_time_that_a_run_writes_does_not_matter(hours: int) -> None:
    clock = Clock()
    attendance = Attendance(clock)
    wrong = now() + timedelta(hours=hours)
    for second in range(30):
        clock.seconds = float(second)
        assert attendance.silent([sign(wrong + timedelta(seconds=second))]) == []
    last = sign(wrong + timedelta(seconds=29))
    clock.seconds += SILENT_SECONDS - 1
    assert attendance.silent([last]) == []
    clock.seconds += 1
    assert attendance.silent([last]) == [last]


def test_another_run_of_the_same_take_starts_anew() -> None:
    clock, at = Clock(), now()
    attendance = Attendance(clock)
    attendance.silent([sign(at)])
    clock.seconds += SILENT_SECONDS
    assert attendance.silent([sign(at, "another")]) == []
    assert attendance.silent([]) == []
    clock.seconds += SILENT_SECONDS
    assert attendance.silent([sign(at, "another")]) == []


async def test_a_dead_run_is_replaced_and_a_living_one_is_not(platform: Platform) -> None:
    dead = await projects.start(platform, ALICE, StartSong("calm"))
    alive = await projects.start(platform, ALICE, StartSong("calm"))
    await claimed(platform, dead)
    run = (await claimed(platform, alive)).run
    clock = Clock()
    attendance = Attendance(clock)
    assert await setbacks.recover_silent(platform, attendance) == 0
    clock.seconds += SILENT_SECONDS
    async with platform.database.write() as work:
        assert await takes.beat(work.session, run, now() - timedelta(hours=3))
    assert await setbacks.recover_silent(platform, attendance) == 1
    assert (await look(platform, dead.id))[0].status is Status.QUEUED
    assert (await look(platform, alive.id))[0].status is Status.RUNNING


async def test_two_that_look_replace_a_dead_run_once(platform: Platform, tmp_path: Path) -> None:
    project = await projects.start(platform, ALICE, StartSong("calm"))
    await claimed(platform, project)
    clock = Clock()
    lookers = [Attendance(clock), Attendance(clock)]
    for one in lookers:
        await setbacks.recover_silent(platform, one)
    clock.seconds += SILENT_SECONDS
    found = await asyncio.gather(*(setbacks.recover_silent(platform, one) for one in lookers))
    assert sorted(found) == [0, 1]
    assert (await look(platform, project.id))[1].attempt == 2
