"""Readiness names the part that is away."""

from pathlib import Path

import pytest

from backend.launch.valkey import EmbeddedValkey
from backend.services import health
from backend.services.platform import Platform
from backend.settings import Settings
from tests.fixtures.engine import until, working

pytestmark = pytest.mark.api

WELL = {"database": True, "redis": True, "worker": True, "storage": True}


async def test_everything_is_well_with_a_worker(settings: Settings, platform: Platform) -> None:
    assert await health.readiness(platform) == WELL | {"worker": False}
    async with working(settings):

        async def well() -> bool:
            return await health.readiness(platform) == WELL

        await until(well)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_redis_is_away(platform: Platform, valkey: EmbeddedValkey) -> None:
    valkey.stop()
    assert await health.readiness(platform) == WELL | {"redis": False, "worker": False}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_storage_is_away(platform: Platform, tmp_path: Path) -> None:
    (tmp_path / "storage").rmdir()
    (tmp_path / "storage").write_text("in the way")
    found = await health.readiness(platform)
    assert not found["storage"]
    assert found["database"]
