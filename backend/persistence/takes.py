"""Queries on takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Outbox, Project, Stage, Status, Take
from backend.persistence import projects


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one attempt of a take: what a worker's writes are fenced by."""

    project_id: str
    take_id: str
    attempt: int
    run_id: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of life: which run of which take, and what it wrote last."""

    take_id: str
    attempt: int
    run_id: str | None
    heartbeat_at: datetime | None


async def by_ids(session: AsyncSession, ids: Sequence[str]) -> Sequence[Take]:
    """Return the takes."""
    return (await session.exec(select(Take).where(col(Take.id).in_(ids)))).all()


async def of_projects(
    session: AsyncSession, project_ids: Sequence[str], *, besides: Sequence[str] = ()
) -> Sequence[Take]:
    """Return all takes of the projects, in the order in which they were made.

    Parameters
    ----------
    besides : sequence of str
        Ids of takes to return, too, whosever they are.
    """
    theirs = col(Take.project_id).in_(project_ids)
    wanted = or_(theirs, col(Take.id).in_(besides)) if besides else theirs
    return (await session.exec(select(Take).where(wanted).order_by(col(Take.number)))).all()


async def lock(session: AsyncSession, take_id: str) -> tuple[Project, Take] | None:
    """Return take and project; nobody else changes either until the commit.

    The project is always locked first, so that no two writers wait for each other.
    """
    project_id = (await session.exec(select(Take.project_id).where(Take.id == take_id))).first()
    project = await projects.lock(session, project_id) if project_id else None
    query = select(Take).where(Take.id == take_id).with_for_update()
    take = (await session.exec(query)).first() if project else None
    return (project, take) if project and take else None


async def hold(session: AsyncSession, run: Run) -> tuple[Project, Take] | None:
    """Lock take and project if the run still holds the take."""
    held = await lock(session, run.take_id)
    if held is None:
        return None
    _, take = held
    current = (take.attempt, take.run_id, take.status) == (run.attempt, run.run_id, Status.RUNNING)
    return held if current else None


async def beat(session: AsyncSession, run: Run, at: datetime) -> bool:
    """Note that the run is alive; return whether it still holds the take."""
    result = await session.exec(
        update(Take)
        .where(
            col(Take.id) == run.take_id,
            col(Take.attempt) == run.attempt,
            col(Take.run_id) == run.run_id,
            col(Take.status) == Status.RUNNING,
        )
        .values(heartbeat_at=at)
    )
    return result.rowcount == 1


def sign_of(take: Take) -> Sign:
    """Return the last sign of the run that holds the take."""
    return Sign(take.id, take.attempt, take.run_id, take.heartbeat_at)


async def signs_of_life(session: AsyncSession) -> Sequence[Sign]:
    """Return the last sign of every run that holds a take."""
    query = select(Take.id, Take.attempt, Take.run_id, Take.heartbeat_at).where(
        Take.status == Status.RUNNING
    )
    return [Sign(*row) for row in (await session.exec(query)).all()]


async def ended_since(session: AsyncSession, since: datetime) -> Sequence[Take]:
    """Return the takes that have ended since then, whichever way."""
    return (await session.exec(select(Take).where(col(Take.completed_at) >= since))).all()


async def by_idempotency_key(session: AsyncSession, project_id: str, key: str) -> Take | None:
    """Return the project's take with that key."""
    query = select(Take).where(Take.project_id == project_id, Take.idempotency_key == key)
    return (await session.exec(query)).first()


async def numbers(session: AsyncSession, project_id: str) -> Sequence[int]:
    """Return the numbers of the project's takes."""
    return (await session.exec(select(Take.number).where(Take.project_id == project_id))).all()


async def remove(session: AsyncSession, take_id: str) -> None:
    """Delete a take with its stages and what is owed for it; its artifacts must be gone."""
    await session.exec(delete(Outbox).where(col(Outbox.take_id) == take_id))
    await session.exec(delete(Stage).where(col(Stage.take_id) == take_id))
    await session.exec(update(Take).where(col(Take.parent_id) == take_id).values(parent_id=None))
    await session.exec(delete(Take).where(col(Take.id) == take_id))


async def remove_of_project(session: AsyncSession, project_id: str) -> None:
    """Delete the takes; their stages and outbox rows must be gone."""
    await session.exec(delete(Take).where(col(Take.project_id) == project_id))


async def runs_at_work(session: AsyncSession) -> set[str]:
    """Return the ids of all runs that hold a take."""
    query = select(Take.run_id).where(col(Take.run_id).is_not(None), Take.status == Status.RUNNING)
    return {run_id for run_id in (await session.exec(query)).all() if run_id is not None}


async def ends_of_user(
    session: AsyncSession, user_id: str, since: datetime
) -> list[tuple[Status, datetime]]:
    """Return how and when those of the user's takes ended that did so from then on."""
    query = (
        select(Take.status, Take.completed_at)
        .join(Project, col(Project.id) == col(Take.project_id))
        .where(Project.user_id == user_id, col(Take.completed_at) >= since)
    )
    found = (await session.exec(query)).all()
    return [(Status(status), at) for status, at in found if at is not None]
