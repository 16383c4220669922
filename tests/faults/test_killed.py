"""Whatever is killed, each song is finished once, without a human, with the same bytes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from backend.models import Project, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.song_summary import from_take
from backend.settings import Settings
from tests.faults.at_rest import comes_to_rest
from tests.faults.orphans import nothing_is_orphaned
from tests.faults.pick_ups import MOST_POLLS, PickUps, pick_ups
from tests.fixtures.engine import ALICE, PATIENCE_SECONDS, look, opened, until
from tests.fixtures.gates import Gate, started_at
from tests.fixtures.held_runner import FOLDER, HELD_RUNNER, Gates
from tests.fixtures.subscribers import comes_back, each_event_once, stays
from tests.fixtures.worker_process import (
    children_of,
    clear_away,
    kill,
    start_worker,
    worker_process,
)

pytestmark = pytest.mark.faults

SEEDS = [11, 12, 13]
PROMPTS = {
    11: "lofi, calm, 90 bpm",
    12: "fast techno in F minor",
    13: "a waltz with strings in G major",
}


class Stack:
    """Songs of the real pipeline, one worker that makes them all at once, and who kills it."""

    def __init__(
        self, platform: Platform, settings: Settings, gates: Gates, counted: PickUps
    ) -> None:
        self.platform = platform
        self.settings = settings
        self.gates = gates
        self.counted = counted
        self.kills = 0
        self.worker = self._start()

    def _start(self) -> Popen[bytes]:
        return start_worker(self.settings, HELD_RUNNER, **{FOLDER: str(self.gates.folder)})

    async def songs(self) -> list[Project]:
        return [
            await projects.start(
                self.platform, ALICE, StartSong(prompt, seed=seed, duration_seconds=10)
            )
            for seed, prompt in PROMPTS.items()
        ]

    async def all_in(self, stage: StageName) -> None:
        async def reached() -> bool:
            return self.gates.are_reached(stage, SEEDS)

        await until(reached)

    async def kill_children(self, songs: list[Project]) -> None:
        busy = children_of(self.worker)
        assert len(busy) >= len(SEEDS)
        await self._about_to_kill(songs)
        for child in busy:
            child.kill()

    async def kill_worker(self, songs: list[Project]) -> None:
        """Kill it while another one waits for work."""
        waiting = self._start()

        async def ready() -> bool:
            return len(children_of(waiting)) >= len(SEEDS)

        try:
            await until(ready)
            await self._about_to_kill(songs)
        finally:
            kill(self.worker)
            self.worker = waiting

    async def _about_to_kill(self, songs: list[Project]) -> None:
        self.kills += 1
        await self.counted.killing([song.id for song in songs])

    async def each_was_picked_up_in_time(self) -> None:
        """Hold every song of every kill against what was promised."""

        async def all_are() -> bool:
            return len(self.counted.polls) == self.kills * len(SEEDS)

        await until(all_are)
        assert max(self.counted.polls) <= MOST_POLLS


@asynccontextmanager
async def stack(settings: Settings, folder: Path) -> AsyncIterator[Stack]:
    for_all = settings.model_copy(update={"worker_concurrency": len(SEEDS)})
    async with opened(for_all) as platform, pick_ups(settings) as counted:
        running = Stack(platform, for_all, Gates(folder), counted)
        try:
            yield running
        finally:
            clear_away(running.worker)


async def final_keys(platform: Platform, project_id: str) -> set[str]:
    """Return the SHA-256 of WAV, MP3 and MIDI."""
    _, take, _ = await look(platform, project_id)
    song = from_take(take)
    assert song is not None
    assert song.midi
    assert {file.format for file in song.audio} == {"wav", "mp3"}
    return {file.key for file in song.audio} | {song.midi.key}


async def killed_in_every_stage(settings: Settings, folder: Path) -> None:
    """Kill all children, then the worker, in each stage of three songs; look what comes of it."""
    async with stack(settings, folder) as running:
        platform = running.platform
        running.gates.close(StageName.PLANNING, SEEDS)
        songs = await running.songs()
        watching = [
            asyncio.gather(stays(platform, song.id), comes_back(platform, song.id))
            for song in songs
        ]
        for stage, following in zip(StageName, [*list(StageName)[1:], None], strict=True):
            await running.all_in(stage)
            running.gates.leave(stage, SEEDS)
            await running.kill_children(songs)
            await running.all_in(stage)
            running.gates.leave(stage, SEEDS)
            await running.kill_worker(songs)
            await running.all_in(stage)
            if following is not None:
                running.gates.close(following, SEEDS)
            running.gates.open(stage, SEEDS)
        seen = await asyncio.gather(*watching)
        await running.each_was_picked_up_in_time()
        undisturbed = await running.songs()
        await asyncio.gather(*(stays(platform, song.id) for song in undisturbed))
        for song, alike, (stayed, came_back) in zip(songs, undisturbed, seen, strict=True):
            each_event_once(stayed, list(StageName))
            assert [event.seq for event in came_back] == [event.seq for event in stayed]
            assert await attempts(platform, song.id) == [3] * 5
            assert await final_keys(platform, song.id) == await final_keys(platform, alike.id)
        await comes_to_rest(platform)
        await nothing_is_orphaned(platform, unpublished=running.kills)


@pytest.mark.timeout(900)
async def test_child_and_worker_die_in_every_stage_of_three_songs_on_both_databases(
    sqlite_settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    second = {
        "data_dir": tmp_path / "second",
        "database_url": postgres_url,
        "storage_url": (tmp_path / "second" / "storage").as_uri(),
        "redis_url": sqlite_settings.redis_url.replace("db=0", "db=1"),
    }
    postgres_settings = sqlite_settings.model_copy(update=second)
    for name in ("gates", "more gates"):
        tmp_path.joinpath(name).mkdir()
    await asyncio.gather(
        killed_in_every_stage(sqlite_settings, tmp_path / "gates"),
        killed_in_every_stage(postgres_settings, tmp_path / "more gates"),
    )


async def attempts(platform: Platform, project_id: str) -> list[int]:
    _, _, stages = await look(platform, project_id)
    return [stage.attempts for stage in stages]


async def test_a_killed_worker_is_replaced_by_one_that_waits(
    postgres_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(postgres_settings) as platform:
        with worker_process(postgres_settings) as first:
            project = await started_at(platform, gate)
            with worker_process(postgres_settings):
                kill(first)
                gate.open()
                each_event_once(await stays(platform, project.id), list(StageName))
                await comes_to_rest(platform)
        assert await attempts(platform, project.id) == [1, 1, 1, 2, 1]


async def test_a_worker_that_is_told_to_stop_hands_back(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    gate = Gate(tmp_path, StageName.RENDERING)
    async with opened(sqlite_settings) as platform:
        with worker_process(sqlite_settings) as process:
            project = await started_at(platform, gate)
            children = children_of(process)
            process.terminate()
            assert await asyncio.to_thread(process.wait, PATIENCE_SECONDS) == 0
            assert not any(child.is_running() for child in children)
        waiting, take, _ = await look(platform, project.id)
        assert (waiting.status, take.attempt, take.run_id) == (Status.QUEUED, 2, None)
        gate.open()
        with worker_process(sqlite_settings):
            each_event_once(await stays(platform, project.id), list(StageName))
        assert await attempts(platform, project.id) == [1, 1, 1, 1, 1]
