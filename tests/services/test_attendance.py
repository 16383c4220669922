"""A run is dead when it says nothing new, whatever the clocks say."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from backend.jobs.workshop import TIDY_SECONDS
from backend.models import Status
from backend.models.base import now
from backend.persistence import takes
from backend.persistence.takes import Sign
from backend.services import projects, setbacks
from backend.services.attendance import LOOKING_SECONDS, SILENT_SECONDS, Attendance
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


def seconds(clock: Clock, count: float) -> Iterator[None]:
    """Go on second by second."""
    for _ in range(round(count)):
        clock.seconds += 1
        yield


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
    found = [attendance.silent([last]) for _ in seconds(clock, SILENT_SECONDS)]
    assert found[-2:] == [[], [last]]


def test_another_run_of_the_same_take_starts_anew() -> None:
    clock, at = Clock(), now()
    attendance = Attendance(clock)
    for _ in seconds(clock, SILENT_SECONDS - 1):
        assert attendance.silent([sign(at)]) == []
    for _ in seconds(clock, SILENT_SECONDS - 1):
        assert attendance.silent([sign(at, "another")]) == []
    assert attendance.silent([]) == []
    for _ in seconds(clock, SILENT_SECONDS - 1):
        assert attendance.silent([sign(at, "another")]) == []


def test_time_in_which_nobody_could_look_does_not_count() -> None:
    clock, last = Clock(), sign(now())
    attendance = Attendance(clock)
    for _ in seconds(clock, SILENT_SECONDS - 1):
        assert attendance.silent([last]) == []
    clock.seconds += 11
    found = [attendance.silent([last]) for _ in seconds(clock, SILENT_SECONDS + 1)]
    assert found[-2:] == [[], [last]]
    assert not any(found[:-1])


def test_who_looks_as_often_as_the_workshop_finds_the_dead() -> None:
    assert LOOKING_SECONDS >= 2 * TIDY_SECONDS
    clock, last = Clock(), sign(now())
    attendance = Attendance(clock)
    found: list[Sign] = []
    while clock.seconds < SILENT_SECONDS + 2 * LOOKING_SECONDS:
        found += attendance.silent([last])
        clock.seconds += LOOKING_SECONDS
    assert last in found


async def test_a_run_outlives_an_outage_of_the_database(platform: Platform) -> None:
    project = await projects.start(platform, ALICE, StartSong("calm"))
    await claimed(platform, project)
    clock = Clock()
    attendance = Attendance(clock)
    assert await setbacks.recover_silent(platform, attendance) == 0
    clock.seconds += 11
    assert await setbacks.recover_silent(platform, attendance) == 0
    assert (await look(platform, project.id))[1].attempt == 1


async def test_a_dead_run_is_replaced_and_a_living_one_is_not(platform: Platform) -> None:
    dead = await projects.start(platform, ALICE, StartSong("calm"))
    alive = await projects.start(platform, ALICE, StartSong("calm"))
    await claimed(platform, dead)
    run = (await claimed(platform, alive)).run
    clock = Clock()
    attendance = Attendance(clock)
    assert await setbacks.recover_silent(platform, attendance) == 0
    for _ in seconds(clock, SILENT_SECONDS - 1):
        assert await setbacks.recover_silent(platform, attendance) == 0
    clock.seconds += 1
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
    for _ in seconds(clock, SILENT_SECONDS - 1):
        for one in lookers:
            assert await setbacks.recover_silent(platform, one) == 0
    clock.seconds += 1
    found = await asyncio.gather(*(setbacks.recover_silent(platform, one) for one in lookers))
    assert sorted(found) == [0, 1]
    assert (await look(platform, project.id))[1].attempt == 2
