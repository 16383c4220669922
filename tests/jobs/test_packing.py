"""Rendered tracks are packed while there is nothing else to do, and a remix does not notice."""

from datetime import timedelta

import pytest

from backend.jobs.packing import Packer
from backend.models import StageStatus
from backend.services import checkpoints, editing, library, packing, projects
from backend.services.editing import RemixTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.song_summary import from_take
from backend.settings import Settings
from tests.faults.orphans import nothing_is_orphaned
from tests.fixtures.engine import ALICE, look, watched, working

pytestmark = pytest.mark.api


async def rendered(platform: Platform, take_id: str) -> set[str]:
    return set((await checkpoints.kept_artifacts(platform, take_id))["rendering"])


async def test_packed_tracks_are_mixed_to_the_same_bytes(
    settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy, idle = (Packer(platform, lambda idle=idle: idle) for idle in (False, True))
    async with working(settings):
        project = await projects.start(platform, ALICE, StartSong("calm", seed=7))
        await watched(platform, project.id)
        take_id = project.current_take_id or ""
        assert await idle.pack() == 0
        monkeypatch.setattr(packing, "PACKED_AFTER", timedelta(0))
        assert await busy.pack() == 0
        _, waiting = await editing.remix(platform, ALICE, RemixTake(take_id, MixChange()))
        await watched(platform, project.id)
        assert await idle.pack() == 2
        assert await idle.pack() == 0
        for one in (take_id, waiting.id):
            expected = {"stems.json", "rendered/bass.flac", "rendered/keys.flac"}
            assert await rendered(platform, one) == expected
        await nothing_is_orphaned(platform)
        _, again = await editing.remix(platform, ALICE, RemixTake(take_id, MixChange()))
        await watched(platform, project.id)
    _, take, stages = await look(platform, project.id)
    assert take.id == again.id
    assert stages[3].status is StageStatus.REUSED
    first = (await library.takes(platform, [take_id]))[take_id]
    songs = [from_take(one) for one in (first, take)]
    masters = [song and [file.key for file in song.audio] for song in songs]
    assert masters[0] == masters[1]


async def test_tracks_of_a_take_in_work_are_left_alone(
    settings: Settings, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PACKED_AFTER", timedelta(0))
    async with working(settings):
        project = await projects.start(platform, ALICE, StartSong("calm", seed=7))
        await watched(platform, project.id)
    take_id = project.current_take_id or ""
    await editing.remix(platform, ALICE, RemixTake(take_id, MixChange()))
    assert await packing.to_pack(platform) == []
    await projects.cancel(platform, ALICE, project.id)
    assert len(await packing.to_pack(platform)) == 2
