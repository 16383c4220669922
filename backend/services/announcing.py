"""Write an event in a transaction and send it once that is durable."""

from backend.models import Project, ProjectEvent, Take
from backend.persistence import UnitOfWork, events, outbox
from backend.services.platform import Platform

LONGEST_MESSAGE = 500
LONGEST_ERROR = 2000


async def announce(
    platform: Platform, work: UnitOfWork, project: Project, take: Take, event: ProjectEvent
) -> None:
    """Append the event to the project's record; publish it after the commit.

    Parameters
    ----------
    project : Project
        Locked in this unit of work.
    take : Take
        The one of its takes that it is about.
    event : ProjectEvent
        Without project, take and number; texts are cut to what the table holds.
    """
    event.take_id = take.id
    event.message = event.message and event.message[:LONGEST_MESSAGE]
    event.error = event.error and event.error[:LONGEST_ERROR]
    user_id = project.user_id
    await events.append(work.session, project, event)
    work.after_commit(lambda: platform.bus.publish(user_id, event))


def announce_change(platform: Platform, work: UnitOfWork, user_id: str) -> None:
    """Let dashboards look again after the commit, where no event says it."""
    work.after_commit(lambda: platform.bus.publish_change(user_id))


async def owe_job(
    platform: Platform, work: UnitOfWork, take_id: str, attempt: int, *, delay_seconds: float = 0.0
) -> None:
    """Owe the attempt to the queue; pay after the commit. What fails there, the relay pays."""
    await outbox.owe(work.session, take_id, attempt)
    work.after_commit(lambda: pay(platform, take_id, attempt, delay_seconds=delay_seconds))


async def pay(
    platform: Platform, take_id: str, attempt: int, *, delay_seconds: float = 0.0
) -> None:
    """Enqueue the attempt and strike it from the outbox.

    Raises
    ------
    ServiceUnavailable
        If queue or database are away; the outbox still holds the attempt.
    """
    await platform.queue.enqueue(take_id, attempt, delay_seconds=delay_seconds)
    async with platform.database.write() as work:
        await outbox.settle(work.session, take_id, attempt)
