"""What no row names goes, what one names stays; old progress goes, what happened stays."""

import os
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from backend.models import EventType
from backend.pipeline.artifacts import StageName
from backend.services import projects, retention
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.storage import content_key
from tests.fixtures.engine import ALICE, watched
from tests.fixtures.played_worker import PlayedWorker

ORPHAN = content_key("ab" * 32, "lost.wav")
FRESH = content_key("cd" * 32, "new.wav")


async def test_only_old_files_that_no_row_names_are_swept(
    platform: Platform, tmp_path: Path
) -> None:
    project = await projects.start(platform, ALICE, StartSong("calm"))
    await PlayedWorker(platform, tmp_path).finish(project.id)
    kept = {key async for key in platform.storage.all_keys()}
    for key in (ORPHAN, FRESH, "somebody/elses"):
        await platform.storage.put(key, b"left over")
    half_copied = tmp_path / "storage" / ORPHAN[:2] / f".{uuid.uuid4()}"
    half_copied.write_bytes(b"hal")
    long_ago = time.time() - 2 * retention.ORPHANS_KEPT.total_seconds()
    for key in {*kept, ORPHAN, "somebody/elses", half_copied}:
        os.utime(tmp_path / "storage" / key, (long_ago, long_ago))
    assert await retention.sweep_files(platform) == 2
    left = {key async for key in platform.storage.all_keys()}
    assert left == kept | {FRESH, "somebody/elses"}
    assert await retention.sweep_files(platform) == 0


async def test_old_progress_of_ended_songs_goes_and_watching_still_works(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "PROGRESS_KEPT", timedelta(0))
    ended = await projects.start(platform, ALICE, StartSong("calm"))
    await PlayedWorker(platform, tmp_path).finish(ended.id)
    running = await projects.start(platform, ALICE, StartSong("calm"))
    worker = PlayedWorker(platform, tmp_path)
    await worker.claim(running.id)
    await worker.step(StageName.PLANNING)
    before = await watched(platform, ended.id)
    assert await retention.trim_events(platform) == 10
    await platform.bus.forget(ended.id)
    after = await watched(platform, ended.id)
    lasting = [event.seq for event in before if event.type is not EventType.STAGE_PROGRESS]
    assert [event.seq for event in after] == lasting
    assert after[-1].type is EventType.PROJECT_COMPLETED
