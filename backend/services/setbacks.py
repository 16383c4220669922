"""When a take cannot go on: once more later, or the end."""

from backend.models import EventType, Project, ProjectEvent, StageStatus, Status, Take
from backend.models.base import now
from backend.persistence import UnitOfWork, stages, takes
from backend.persistence.takes import Run
from backend.services import standing
from backend.services.announcing import announce, owe_job
from backend.services.attendance import Attendance
from backend.services.platform import Platform
from backend.services.stage_progress import DONE, progress_of

INTERRUPTED = "Interrupted; it goes on in a moment."
"""What those who watch see of a stage that waits for another run."""
MOST_ATTEMPTS = 5
"""How often one stage may begin before the take fails."""
BACKOFF_SECONDS = (1.0, 3.0, 10.0, 30.0)
"""Wait before the second, third … attempt of a stage after a fault."""


async def fail(platform: Platform, run: Run, reason: str) -> bool:
    """End the take as failed, with a reason for the user; return whether the run held it."""
    async with platform.database.write() as work:
        held = await takes.hold(work.session, run)
        if held is None:
            return False
        await end_as_failed(platform, work, *held, reason)
    return True


async def hand_back(platform: Platform, run: Run, reason: str, *, counts: bool = True) -> bool:
    """Give the take back to the queue; the next run goes on from the last checkpoint.

    Parameters
    ----------
    reason : str
        For the user, should there be no attempt left.
    counts : bool
        Whether this was a fault of the stage; a worker that is told to stop is none.

    Returns
    -------
    bool
        Whether the run held the take.
    """
    async with platform.database.write() as work:
        held = await takes.hold(work.session, run)
        if held is None:
            return False
        await _hand_back(platform, work, *held, reason, counts=counts)
    return True


async def recover_silent(platform: Platform, attendance: Attendance) -> int:
    """Give the takes of dead runs back to the queue; return how many there were."""
    async with platform.database.read() as session:
        signs = await takes.signs_of_life(session)
    recovered = 0
    for sign in attendance.silent(signs):
        async with platform.database.write() as work:
            held = await takes.lock(work.session, sign.take_id)
            if held is None or takes.sign_of(held[1]) != sign or held[1].status.is_final:
                continue
            reason = "The worker stopped again and again while making this song."
            await _hand_back(platform, work, *held, reason, counts=True)
            recovered += 1
    return recovered


def backoff_seconds(attempts: int) -> float:
    """Return how long to wait after that many attempts of a stage."""
    return BACKOFF_SECONDS[min(max(attempts, 1), len(BACKOFF_SECONDS)) - 1]


async def end_as_failed(
    platform: Platform, work: UnitOfWork, project: Project, take: Take, reason: str
) -> None:
    """Write the failure of a take that is locked in this unit of work."""
    found = await stages.of_takes(work.session, [take.id])
    for stage in found:
        if stage.status is StageStatus.RUNNING:
            stage.status, stage.error = StageStatus.FAILED, reason
    take.status, take.error = Status.FAILED, reason
    take.completed_at, take.run_id = now(), None
    standing.end(project, take)
    event = ProjectEvent(
        type=EventType.PROJECT_FAILED, progress=progress_of(found), message=reason, error=reason
    )
    await announce(platform, work, project, take, event)


async def _hand_back(
    platform: Platform,
    work: UnitOfWork,
    project: Project,
    take: Take,
    reason: str,
    *,
    counts: bool,
) -> None:
    found = await stages.of_takes(work.session, [take.id])
    stage = next((stage for stage in found if stage.status not in DONE), None)
    delay = 0.0
    if stage is not None and counts:
        stage.attempts += stage.status is not StageStatus.RUNNING
        if stage.attempts >= MOST_ATTEMPTS:
            await end_as_failed(platform, work, project, take, reason)
            return
        delay = backoff_seconds(stage.attempts)
    elif stage is not None and stage.status is StageStatus.RUNNING:
        stage.attempts -= 1
    if stage is not None:
        stage.status, stage.message = StageStatus.PENDING, INTERRUPTED
    take.attempt += 1
    take.run_id = take.heartbeat_at = None
    take.status = project.status = Status.QUEUED
    project.updated_at = now()
    await work.session.flush()
    await owe_job(platform, work, take.id, take.attempt, delay_seconds=delay)
    event = ProjectEvent(
        type=EventType.STAGE_PROGRESS,
        stage=stage.name if stage else None,
        progress=progress_of(found),
        message=INTERRUPTED,
    )
    await announce(platform, work, project, take, event)
