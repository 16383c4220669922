"""Insert a row unless it is there already."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession


async def insert_new(session: AsyncSession, row: SQLModel) -> bool:
    """Insert ``row`` unless one of its unique constraints stands against it.

    Returns
    -------
    bool
        Whether it was inserted. Waits for a concurrent transaction that inserts the same.
    """
    connection = await session.connection()
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing()
    result = await connection.execute(statement)
    return result.rowcount == 1
