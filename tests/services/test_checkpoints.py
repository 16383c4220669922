"""Which finished stages a run can build on."""

from pathlib import Path

import pytest

from backend.models import Artifact
from backend.persistence import artifacts, stages
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.checkpoints import kept_artifacts
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE
from tests.services.making_up import claimed, finish

pytestmark = pytest.mark.api


async def planned_take(platform: Platform, folder: Path, lost: str) -> str:
    """Return a take that has been planned, with one more file that the storage does not have."""
    project = await projects.start(platform, ALICE, StartSong("calm", seed=1))
    await finish(platform, await claimed(platform, project), StageName.PLANNING, folder)
    take_id = project.current_take_id or ""
    async with platform.database.write() as work:
        planning, *_ = await stages.of_takes(work.session, [take_id])
        gone = Artifact(
            stage_id=planning.id, name=lost, key="no/such", media_type="audio/flac", size_bytes=9
        )
        await artifacts.add(work.session, [gone])
    return take_id


async def test_a_lost_download_breaks_no_stage(platform: Platform, tmp_path: Path) -> None:
    take_id = await planned_take(platform, tmp_path, "downloads/master.flac")
    kept = await kept_artifacts(platform, take_id)
    assert {name: set(files) for name, files in kept.items()} == {"planning": {"planning.json"}}


async def test_a_lost_file_of_a_stage_breaks_it(platform: Platform, tmp_path: Path) -> None:
    assert not await kept_artifacts(platform, await planned_take(platform, tmp_path, "more.json"))
