"""Queries on stages."""

from collections.abc import Sequence

from sqlalchemy import select as sql_select
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Stage, Take
from backend.models.stage import StageRecord


async def of_takes(session: AsyncSession, take_ids: Sequence[str]) -> Sequence[Stage]:
    """Return all stages of the takes, in order."""
    query = select(Stage).where(col(Stage.take_id).in_(take_ids)).order_by(col(Stage.position))
    return (await session.exec(query)).all()


async def records_of_takes(session: AsyncSession, take_ids: Sequence[str]) -> list[StageRecord]:
    """Return all stages of the takes, in order, for reading alone."""
    columns = [getattr(Stage, name) for name in StageRecord._fields]
    query = (
        sql_select(*columns).where(col(Stage.take_id).in_(take_ids)).order_by(col(Stage.position))
    )
    connection = await session.connection()
    return [StageRecord._make(row) for row in await connection.execute(query)]


async def named(session: AsyncSession, take_id: str, name: str) -> Stage:
    """Return one stage of a take."""
    query = select(Stage).where(Stage.take_id == take_id, Stage.name == name)
    return (await session.exec(query)).one()


async def remove_of_project(session: AsyncSession, project_id: str) -> None:
    """Delete the stages; their artifacts must be gone."""
    takes = select(Take.id).where(Take.project_id == project_id)
    await session.exec(delete(Stage).where(col(Stage.take_id).in_(takes)))
