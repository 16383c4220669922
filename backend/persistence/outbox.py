"""Queries on what is owed to the queue."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Outbox, Take
from backend.persistence.insertion import insert_new


async def owe(session: AsyncSession, take_id: str, attempt: int) -> None:
    """Note that this attempt is to be enqueued."""
    await insert_new(session, Outbox(take_id=take_id, attempt=attempt))


async def settle(session: AsyncSession, take_id: str, attempt: int) -> None:
    """Note that the queue has the attempt and all before it."""
    await session.exec(
        delete(Outbox).where(col(Outbox.take_id) == take_id, col(Outbox.attempt) <= attempt)
    )


async def owed(session: AsyncSession, before: datetime, limit: int) -> Sequence[Outbox]:
    """Return what has been owed since before that time, oldest first."""
    query = (
        select(Outbox)
        .where(col(Outbox.created_at) < before)
        .order_by(col(Outbox.created_at))
        .limit(limit)
    )
    return (await session.exec(query)).all()


async def remove_of_project(session: AsyncSession, project_id: str) -> None:
    """Delete what is owed for the project."""
    takes = select(Take.id).where(Take.project_id == project_id)
    await session.exec(delete(Outbox).where(col(Outbox.take_id).in_(takes)))
