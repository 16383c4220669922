"""Queries on projects."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, delete, func, or_, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Project, Status
from backend.persistence.insertion import insert_new
from backend.persistence.project_order import (
    Place,
    ProjectOrder,
    comes_after,
    sequence,
    value_of,
)


async def add(session: AsyncSession, project: Project) -> bool:
    """Insert the project unless its user has one with the same idempotency key."""
    return await insert_new(session, project)


async def by_idempotency_key(session: AsyncSession, user_id: str, key: str) -> Project | None:
    """Return the user's project with that key."""
    query = select(Project).where(Project.user_id == user_id, Project.idempotency_key == key)
    return (await session.exec(query)).first()


async def forget_idempotency_key(
    session: AsyncSession, user_id: str, key: str, before: datetime
) -> None:
    """Free the key if the project that has it was made before that time."""
    await session.exec(
        update(Project)
        .where(
            col(Project.user_id) == user_id,
            col(Project.idempotency_key) == key,
            col(Project.created_at) < before,
        )
        .values(idempotency_key=None)
    )


async def owned(session: AsyncSession, user_id: str, project_id: str) -> Project | None:
    """Return the project if it is the user's."""
    query = select(Project).where(Project.id == project_id, Project.user_id == user_id)
    return (await session.exec(query)).first()


async def lock_owned(session: AsyncSession, user_id: str, project_id: str) -> Project | None:
    """Return the project if it is the user's; nobody else changes it until the commit."""
    query = select(Project).where(Project.id == project_id, Project.user_id == user_id)
    return (await session.exec(query.with_for_update())).first()


async def lock(session: AsyncSession, project_id: str) -> Project | None:
    """Return the project; nobody else changes it until the commit."""
    query = select(Project).where(Project.id == project_id).with_for_update()
    return (await session.exec(query)).first()


async def by_ids(session: AsyncSession, user_id: str, ids: Sequence[str]) -> Sequence[Project]:
    """Return those of the projects that are the user's."""
    query = select(Project).where(col(Project.id).in_(ids), Project.user_id == user_id)
    return (await session.exec(query)).all()


async def listed(
    session: AsyncSession,
    user_id: str,
    *,
    order: ProjectOrder,
    limit: int,
    after: Place | None,
    status: Status | None,
    search: str | None,
) -> tuple[list[tuple[Project, Place]], int | None]:
    """Return the user's projects in order after the place, each with its own; and how many match.

    Their number is not known when none is left after the place.
    """
    matching = _matching(user_id, status, search)
    number = select(func.count()).select_from(Project).where(*matching).scalar_subquery()
    query = select(Project, value_of(order), number).where(*matching)
    if after is not None:
        query = query.where(comes_after(order, after))
    query = query.order_by(*sequence(order)).limit(limit)
    found = (await session.exec(query)).all()
    total = found[0][2] if found else 0 if after is None else None
    return [(project, Place(value, project.id)) for project, value, _ in found], total


async def count(
    session: AsyncSession, user_id: str, *, status: Status | None, search: str | None
) -> int:
    """Return how many projects of the user match."""
    matching = _matching(user_id, status, search)
    return (await session.exec(select(func.count()).select_from(Project).where(*matching))).one()


async def counts_by_status(session: AsyncSession, user_id: str) -> dict[Status, int]:
    """Return how many of the user's projects stand where; every status is there."""
    query = (
        select(Project.status, func.count())
        .where(Project.user_id == user_id)
        .group_by(col(Project.status))
    )
    found = dict((await session.exec(query)).all())
    return {status: found.get(status, 0) for status in Status}


async def unfinished(session: AsyncSession, user_id: str, limit: int) -> Sequence[Project]:
    """Return the user's queued and running projects, newest first."""
    query = (
        select(Project)
        .where(
            Project.user_id == user_id,
            col(Project.status).in_([Status.QUEUED, Status.RUNNING]),
        )
        .order_by(col(Project.created_at).desc(), col(Project.id).desc())
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def remove(session: AsyncSession, project_id: str) -> None:
    """Delete the project's own row; everything that names it must be gone."""
    await session.exec(delete(Project).where(col(Project.id) == project_id))


def _matching(user_id: str, status: Status | None, search: str | None) -> list[ColumnElement[bool]]:
    """Return what the user's projects must fulfil."""
    conditions = [col(Project.user_id) == user_id]
    if status is not None:
        conditions.append(col(Project.status) == status)
    conditions += [
        or_(
            col(Project.title).icontains(word, autoescape=True),
            col(Project.prompt).icontains(word, autoescape=True),
        )
        for word in (search or "").split()
    ]
    return conditions
