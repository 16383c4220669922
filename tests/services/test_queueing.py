"""Those who wait see how many come before them, and that it gets less."""

from pathlib import Path

from backend.models import Status, Take
from backend.services import library, projects
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.queueing import USUAL_SECONDS, Prospect, prospects
from tests.fixtures.engine import ALICE, BOB
from tests.fixtures.played_worker import PlayedWorker


async def takes_of(platform: Platform, count: int) -> list[Take]:
    """Start songs of two users in turn; return their takes."""
    found = []
    for number in range(count):
        viewer = (ALICE, BOB)[number % 2]
        project = await projects.start(platform, viewer, StartSong("calm"))
        found += (await library.takes_of(platform, [project.id]))[project.id]
    return found


async def now_of(platform: Platform, takes: list[Take]) -> list[Prospect]:
    rows = await library.takes(platform, [take.id for take in takes])
    stages = await library.stages_of(platform, list(rows))
    progress = {take_id: library.progress_of(found) for take_id, found in stages.items()}
    found = await prospects(platform, list(rows.values()), progress)
    return [found[take.id] for take in takes]


async def test_a_line_is_counted_across_users(platform: Platform) -> None:
    takes = await takes_of(platform, 4)
    seen = await now_of(platform, takes)
    assert [one.queue_position for one in seen] == [1, 2, 3, 4]
    usual = round(USUAL_SECONDS)
    assert [one.eta_seconds for one in seen] == [usual, 2 * usual, 3 * usual, 4 * usual]


async def test_a_line_moves_up(platform: Platform, tmp_path: Path) -> None:
    takes = await takes_of(platform, 3)
    first, second, _ = takes
    worker = PlayedWorker(platform, tmp_path)
    await worker.claim(first.project_id)
    running, next_one, last = await now_of(platform, takes)
    assert (running.queue_position, running.eta_seconds) == (None, round(USUAL_SECONDS))
    assert (next_one.queue_position, last.queue_position) == (1, 2)
    await projects.cancel(platform, BOB, second.project_id)
    cancelled, last = (await now_of(platform, takes))[1:]
    assert cancelled == Prospect()
    assert last.queue_position == 1


async def test_past_songs_tell_how_long_one_takes(platform: Platform, tmp_path: Path) -> None:
    done, waiting = await takes_of(platform, 2)
    await PlayedWorker(platform, tmp_path).finish(done.project_id)
    [ended, expected] = await now_of(platform, [done, waiting])
    assert ended == Prospect()
    assert expected.queue_position == 1
    assert expected.eta_seconds is not None
    assert 1 <= expected.eta_seconds < USUAL_SECONDS
    assert waiting.status is Status.QUEUED
