"""Those who wait see how many come before them, and that it gets less."""

from datetime import timedelta
from pathlib import Path

from backend.models import StageStatus, Status, Take
from backend.models.base import now
from backend.persistence import stages as stage_rows
from backend.persistence import takes as take_rows
from backend.pipeline.artifacts import StageName
from backend.services import editing, library, projects
from backend.services.editing import RemixTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from backend.services.projects import StartSong
from backend.services.queueing import USUAL_SECONDS, Prospect, prospects
from backend.services.stage_progress import WEIGHTS
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


async def test_a_remix_counts_for_what_is_left_of_it(platform: Platform, tmp_path: Path) -> None:
    (done,) = await takes_of(platform, 1)
    await PlayedWorker(platform, tmp_path).finish(done.project_id)
    _, remixed = await editing.remix(platform, ALICE, RemixTake(done.id, MixChange()))
    behind = await projects.start(platform, ALICE, StartSong("calm"))
    [after] = (await library.takes_of(platform, [behind.id]))[behind.id]
    await reuse_all_but_mixing(platform, remixed.id)
    await set_span(platform, done.id, seconds=100)
    remix, whole = await now_of(platform, [remixed, after])
    mixing = round(100 * WEIGHTS[StageName.MIXING])
    assert remix == Prospect(queue_position=1, eta_seconds=mixing)
    assert whole == Prospect(queue_position=2, eta_seconds=100 + mixing)
    await set_span(platform, remixed.id, seconds=mixing)
    [expected] = await now_of(platform, [after])
    assert expected == Prospect(queue_position=1, eta_seconds=100)


async def reuse_all_but_mixing(platform: Platform, take_id: str) -> None:
    async with platform.database.write() as work:
        for stage in await stage_rows.of_takes(work.session, [take_id]):
            if stage.name != StageName.MIXING:
                stage.status, stage.progress = StageStatus.REUSED, 1.0


async def set_span(platform: Platform, take_id: str, *, seconds: float) -> None:
    """Let a take have been made within so many seconds."""
    async with platform.database.write() as work:
        held = await take_rows.lock(work.session, take_id)
        assert held is not None
        _, take = held
        take.status = Status.COMPLETED
        take.completed_at = now()
        take.started_at = take.completed_at - timedelta(seconds=seconds)
