"""Queries on project events."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, delete, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import EventType, Project, ProjectEvent, Status
from backend.models.base import now


async def append(session: AsyncSession, project: Project, event: ProjectEvent) -> ProjectEvent:
    """Write the event under the project's next number.

    Parameters
    ----------
    project : Project
        Locked in this transaction, so that numbers are dense and in the order of the commits.
    event : ProjectEvent
        Without project and number.
    """
    project.last_event_seq += 1
    project.updated_at = now()
    event.project_id = project.id
    event.seq = project.last_event_seq
    session.add(event)
    return event


async def pages(
    session: AsyncSession, project_ids: Sequence[str], seq: int, limit: int
) -> Sequence[tuple[ProjectEvent, int]]:
    """Return the first events of every project after that number, oldest first.

    With each comes how many its project has in all; so the very first event of each project is
    there, too, whatever its number.
    """
    project, number = col(ProjectEvent.project_id), col(ProjectEvent.seq)
    follows = number > seq
    ranked = (
        select(
            ProjectEvent,
            func.count().over(partition_by=project).label("total"),
            func.row_number().over(partition_by=(project, follows), order_by=number).label("place"),
        )
        .where(project.in_(project_ids))
        .subquery()
    )
    event = aliased(ProjectEvent, ranked)
    query = (
        select(event, ranked.c.total)
        .where(or_(and_(ranked.c.seq > seq, ranked.c.place <= limit), ranked.c.place == 1))
        .order_by(ranked.c.seq)
    )
    return (await session.exec(query)).all()


async def after(
    session: AsyncSession, project_id: str, seq: int, limit: int
) -> Sequence[ProjectEvent]:
    """Return the events after that number, oldest first."""
    query = (
        select(ProjectEvent)
        .where(ProjectEvent.project_id == project_id, ProjectEvent.seq > seq)
        .order_by(col(ProjectEvent.seq))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def count(session: AsyncSession, project_id: str) -> int:
    """Return how many events the project has."""
    query = (
        select(func.count()).select_from(ProjectEvent).where(ProjectEvent.project_id == project_id)
    )
    return (await session.exec(query)).one()


async def remove_progress(session: AsyncSession, before: datetime) -> int:
    """Delete progress from before that time, of projects that have ended; return how much."""
    ended = select(Project.id).where(
        col(Project.status).in_([Status.COMPLETED, Status.FAILED, Status.CANCELLED])
    )
    result = await session.exec(
        delete(ProjectEvent).where(
            col(ProjectEvent.type) == EventType.STAGE_PROGRESS,
            col(ProjectEvent.at) < before,
            col(ProjectEvent.project_id).in_(ended),
        )
    )
    return result.rowcount


async def remove_of_project(session: AsyncSession, project_id: str) -> None:
    """Delete the project's events."""
    await session.exec(delete(ProjectEvent).where(col(ProjectEvent.project_id) == project_id))
