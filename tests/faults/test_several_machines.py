"""Workers on several machines: nothing in common but database, Redis and an object store."""

from pathlib import Path

import pytest

from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.faults.at_rest import comes_to_rest
from tests.faults.orphans import nothing_is_orphaned
from tests.faults.test_killed import final_keys
from tests.fixtures.engine import ALICE, opened, until
from tests.fixtures.held_runner import FOLDER, HELD_RUNNER, Gates
from tests.fixtures.subscribers import each_event_once, stays
from tests.fixtures.worker_process import kill, worker_process

pytestmark = pytest.mark.faults

SEED = 21
WISH = StartSong("slow ballad with piano", seed=SEED, duration_seconds=10)


async def test_a_song_of_one_machine_is_finished_by_another(
    postgres_settings: Settings, bucket: str, tmp_path: Path
) -> None:
    gates = Gates(tmp_path)
    gates.close(StageName.RENDERING, [SEED])
    machines = [
        postgres_settings.model_copy(update={"data_dir": tmp_path / name, "storage_url": bucket})
        for name in ("one", "two", "api")
    ]
    one, two, api = machines
    async with opened(api) as platform:
        with worker_process(one, HELD_RUNNER, **{FOLDER: str(tmp_path)}) as first:
            song = await projects.start(platform, ALICE, WISH)

            async def rendering() -> bool:
                return gates.are_reached(StageName.RENDERING, [SEED])

            await until(rendering)
            with worker_process(two, HELD_RUNNER, **{FOLDER: str(tmp_path)}):
                kill(first)
                gates.open(StageName.RENDERING, [SEED])
                each_event_once(await stays(platform, song.id), list(StageName))
                alike = await projects.start(platform, ALICE, WISH)
                await stays(platform, alike.id)
                await comes_to_rest(platform)
        assert await final_keys(platform, song.id) == await final_keys(platform, alike.id)
        await nothing_is_orphaned(platform, unpublished=1)
