"""Two workers, many songs, and somebody who kills at random: each song is finished once."""

import asyncio
import logging
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Literal

import numpy as np
import pytest

from backend.auth import Viewer
from backend.models import EventType, Status
from backend.pipeline.artifacts import StageName
from backend.services import projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.setbacks import MOST_ATTEMPTS
from backend.services.song_request import SHORTEST_SONG_SECONDS
from backend.settings import Settings
from tests.faults.at_rest import comes_to_rest
from tests.faults.orphans import nothing_is_orphaned
from tests.faults.test_killed import final_keys
from tests.fixtures.engine import ALICE, look, opened
from tests.fixtures.held_runner import FOLDER, HELD_RUNNER
from tests.fixtures.subscribers import each_event_once, stays
from tests.fixtures.worker_process import children_of, clear_away, kill, start_worker

pytestmark = pytest.mark.faults
logger = logging.getLogger(__name__)

WORKERS = 2
Victim = Literal["worker", "child"]


@dataclass
class Killer:
    """Kills a worker or a child now and then, and lets a new worker start in its place."""

    settings: Settings
    draw: np.random.Generator
    environment: dict[str, str]
    workers: list[Popen[bytes]] = field(default_factory=list)
    killed: list[Victim] = field(default_factory=list)

    def start(self) -> None:
        while len(self.workers) < WORKERS:
            self.workers.append(start_worker(self.settings, HELD_RUNNER, **self.environment))

    async def rage(self, seconds: float, pause: tuple[float, float]) -> None:
        """Kill for so long, and until both kinds were met."""
        deadline = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < deadline or len(set(self.killed)) < 2:
            await asyncio.sleep(self.draw.uniform(*pause))
            worker = self.workers[self.draw.integers(WORKERS)]
            children = children_of(worker)
            if children and self.draw.random() < 0.5:
                children[self.draw.integers(len(children))].kill()
                self.killed.append("child")
            else:
                kill(worker)
                self.workers.remove(worker)
                self.start()
                self.killed.append("worker")

    def close(self) -> None:
        for worker in self.workers:
            clear_away(worker)


def wish(seed: int) -> StartSong:
    return StartSong("short and simple", seed=seed, duration_seconds=SHORTEST_SONG_SECONDS)


async def finished(platform: Platform, viewer: Viewer, project_id: str) -> int:
    """Watch a song to its end; return how often it gave up, as it may after too many kills."""
    failures = 0
    while (await look(platform, project_id))[0].status is not Status.COMPLETED:
        events = await stays(platform, project_id)
        if events[-1].type is EventType.PROJECT_FAILED:
            assert events[-1].error in reasons()
            _, _, stages = await look(platform, project_id)
            assert MOST_ATTEMPTS in [stage.attempts for stage in stages]
            await projects.retry(platform, viewer, project_id)
            failures += 1
    return failures


def reasons() -> set[str]:
    """Return what a user may read of a song that was killed again and again."""
    return {
        "The worker stopped again and again while making this song.",
        "The process that makes songs stopped unexpectedly.",
        *(f"The {stage.value} stage did not finish in {MOST_ATTEMPTS} attempts."
          for stage in StageName),
    }  # fmt: skip


@pytest.mark.timeout(1500)
async def test_random_kills_lose_and_double_nothing(
    postgres_settings: Settings, soak: bool, tmp_path: Path
) -> None:
    songs, seconds, pause = (40, 180.0, (2.0, 8.0)) if soak else (6, 15.0, (2.0, 5.0))
    update = {"max_running_songs_per_user": WORKERS, "worker_concurrency": 1}
    settings = postgres_settings.model_copy(update=update)
    killer = Killer(settings, np.random.default_rng(5), {FOLDER: str(tmp_path)})
    async with opened(settings) as platform:
        killer.start()
        try:
            started = [
                await projects.start(platform, ALICE, wish(seed % 4)) for seed in range(songs)
            ]
            watching = asyncio.gather(*(finished(platform, ALICE, song.id) for song in started))
            await killer.rage(seconds, pause)
            failures = await watching
            await comes_to_rest(platform)
        finally:
            killer.close()
        keys = {seed: set[str]() for seed in range(4)}
        for number, song in enumerate(started):
            events = await stays(platform, song.id)
            completed = [event for event in events if event.type is EventType.PROJECT_COMPLETED]
            assert len(completed) == 1
            keys[number % 4] |= await final_keys(platform, song.id)
            if not failures[number]:
                each_event_once(events, list(StageName))
        assert sum(failures) * MOST_ATTEMPTS <= len(killer.killed)
        assert all(len(alike) == 3 for alike in keys.values())
        await nothing_is_orphaned(platform, unpublished=2 * killer.killed.count("worker"))
        found = "%d songs, %d kills, %d given up and tried again"
        logger.info(found, songs, len(killer.killed), sum(failures))
