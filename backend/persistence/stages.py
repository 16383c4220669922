"""Queries on stages."""

from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlalchemy import select as sql_select
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Stage, Take
from backend.models.stage import StageRecord

RECORDS = (
    sql_select(*(getattr(Stage, name) for name in StageRecord._fields))
    .where(col(Stage.take_id).in_(bindparam("takes", expanding=True)))
    .order_by(col(Stage.position))
)
"""Put together once: lists read it with every page."""


async def of_takes(session: AsyncSession, take_ids: Sequence[str]) -> Sequence[Stage]:
    """Return all stages of the takes, in order."""
    query = select(Stage).where(col(Stage.take_id).in_(take_ids)).order_by(col(Stage.position))
    return (await session.exec(query)).all()


async def records_of_takes(session: AsyncSession, take_ids: Sequence[str]) -> list[StageRecord]:
    """Return all stages of the takes, in order, for reading alone."""
    connection = await session.connection()
    found = await connection.execute(RECORDS, {"takes": list(take_ids)})
    return [StageRecord._make(row) for row in found]


async def named(session: AsyncSession, take_id: str, name: str) -> Stage:
    """Return one stage of a take."""
    query = select(Stage).where(Stage.take_id == take_id, Stage.name == name)
    return (await session.exec(query)).one()


async def remove_of_project(session: AsyncSession, project_id: str) -> None:
    """Delete the stages; their artifacts must be gone."""
    takes = select(Take.id).where(Take.project_id == project_id)
    await session.exec(delete(Stage).where(col(Stage.take_id).in_(takes)))
