"""A song from the request to the files."""

import pytest

from backend.models import EventType, StageStatus, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.song_summary import from_take
from backend.settings import Settings
from tests.fixtures.engine import ALICE, look, watched, working

pytestmark = pytest.mark.api


async def test_a_song_is_made_stage_by_stage(settings: Settings, platform: Platform) -> None:
    async with working(settings):
        started = await projects.start(platform, ALICE, StartSong("calm", seed=7))
        events = await watched(platform, started.id)

    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.stage for event in events if event.type is EventType.STAGE_COMPLETED] == list(
        StageName
    )
    assert events[-1].type is EventType.PROJECT_COMPLETED
    (ready,) = [event for event in events if event.type is EventType.PREVIEW_READY]
    rendered = next(event for event in events if event.stage == StageName.MIXING)
    assert ready.seq < rendered.seq
    progress = [event.progress for event in events]
    assert progress == sorted(progress)
    assert progress[-1] == 1.0

    project, take, stages = await look(platform, started.id)
    assert (project.status, take.status) == (Status.COMPLETED, Status.COMPLETED)
    assert [stage.status for stage in stages] == [StageStatus.COMPLETED] * 5
    assert [stage.attempts for stage in stages] == [1] * 5
    song = from_take(take)
    assert song is not None
    assert [file.name for file in song.audio] == ["master.wav", "master.mp3"]
    assert [track.note_count for track in song.tracks] == [4, 4]
    assert song.preview
    assert (await platform.storage.read(song.preview.key))[:3] == b"ID3"
    assert song.midi
    assert (await platform.storage.read(song.midi.key))[:4] == b"MThd"
    assert project.title == "Song 7"
