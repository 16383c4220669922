"""Clocks that are wrong, each in its own way, and are set in the middle of a song."""

import asyncio
from pathlib import Path

import pytest

from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.attendance import SILENT_SECONDS
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.faults.at_rest import comes_to_rest
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE, look, opened, until
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.subscribers import each_event_once, stays
from tests.fixtures.worker_process import kill, worker_process
from tests.fixtures.wrong_clock import FILE, set_clock

pytestmark = pytest.mark.faults


async def test_clocks_that_are_an_hour_off_and_set_neither_lose_nor_double_a_song(
    settings: Settings, tmp_path: Path
) -> None:
    ahead, behind = tmp_path / "ahead", tmp_path / "behind"
    set_clock(ahead, 1)
    set_clock(behind, -1)
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(settings) as platform:
        with worker_process(settings, **{FILE: str(ahead)}) as first:
            held = await started_at(platform, gate)
            with worker_process(settings, **{FILE: str(behind)}):
                quick = await projects.start(platform, ALICE, StartSong("calm"))
                each_event_once(await stays(platform, quick.id), list(StageName))
                set_clock(ahead, -2)
                set_clock(behind, 2)
                await asyncio.sleep(SILENT_SECONDS + 4)
                _, take, stages = await look(platform, held.id)
                assert (take.attempt, stages[3].attempts) == (1, 1)
                set_clock(behind, -3)
                kill(first)
                await until(lambda: begun_again(platform, held.id))
                gate.open()
                each_event_once(await stays(platform, held.id), list(StageName))
                await comes_to_rest(platform)
        await nothing_is_orphaned(platform, unpublished=1)


async def begun_again(platform: Platform, project_id: str) -> bool:
    _, _, stages = await look(platform, project_id)
    return stages[3].attempts == 2
