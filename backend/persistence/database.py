"""Connections to SQLite or Postgres, the same to everything above."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.cancelling import raise_if_cancelled
from backend.errors import InvalidInput, ServiceUnavailable
from backend.persistence.unit_of_work import UnitOfWork, unit_of_work

BUSY_TIMEOUT_SECONDS = 15
"""How long a SQLite writer waits for another one."""
POOL_SIZE = 10
AWAY_STATES = frozenset({"08", "53", "57"})
"""Classes of SQLSTATE: connection exception, insufficient resources, operator intervention."""
NOT_IN_REPERTOIRE = "22021"
"""What Postgres says of text that it cannot hold: the NUL character."""


class Database:
    """The database of one process.

    Parameters
    ----------
    engine, reader : AsyncEngine
        From ``open_database``; both may be the same.
    """

    def __init__(self, engine: AsyncEngine, reader: AsyncEngine) -> None:
        self._reader = reader
        self._writer = engine.execution_options(begin="IMMEDIATE")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session for queries alone.

        On SQLite each of them sees what is committed when it runs: nothing is begun or rolled back.

        Raises
        ------
        ServiceUnavailable
            If the database is away.
        """
        with _plain_errors():
            async with AsyncSession(self._reader, expire_on_commit=False) as session:
                await _connect(session)
                yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """Open one transaction; it commits at the end of the block.

        Raises
        ------
        ServiceUnavailable
            If the database is away; nothing was written.
        """
        session = AsyncSession(self._writer, expire_on_commit=False)
        with _plain_errors():
            async with unit_of_work(session) as work:
                await _connect(session)
                yield work

    async def ping(self) -> None:
        """Ask for nothing.

        Raises
        ------
        ServiceUnavailable
            If the database is away.
        """
        async with self.read() as session:
            await (await session.connection()).execute(text("SELECT 1"))


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open the database and close its connections at the end.

    Parameters
    ----------
    url : str
        ``sqlite+aiosqlite:///path`` or ``postgresql+asyncpg://…``.
    """
    engine = create_engine(url)
    reader = _create_sqlite_reader(url) if url.startswith("sqlite") else engine
    try:
        yield Database(engine, reader)
    finally:
        await reader.dispose()
        await engine.dispose()


def _create_sqlite_reader(url: str) -> AsyncEngine:
    """Return an engine without transactions: to begin and to roll back costs more than to read."""
    engine = create_async_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite_reader)
    return engine


def create_engine(url: str) -> AsyncEngine:
    """Return an engine that behaves the same on both databases."""
    if not url.startswith("sqlite"):
        return create_async_engine(
            url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_timeout=10, pool_pre_ping=True
        )
    engine = create_async_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS},
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
    """Readers beside one writer (WAL), foreign keys, and transactions begun by us alone."""
    connection.isolation_level = None
    _set(connection, "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")


def _prepare_sqlite_reader(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
    """Refuse changes: without a transaction they would be there at once."""
    connection.isolation_level = None
    _set(connection, "query_only=ON")


def _set(connection: Any, *pragmas: str) -> None:  # noqa: ANN401 - the driver's
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: none fails half-way because another one was quicker."""
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


async def _connect(session: AsyncSession) -> None:
    """Begin now, so that what the network says is not mistaken for an error of the block."""
    try:
        await session.connection()
    except OSError as error:
        raise _away() from error


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError, ConnectionError) as error:
        raise_if_cancelled()
        raise _away() from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == NOT_IN_REPERTOIRE:
            raise InvalidInput("Text with a NUL character is not accepted.") from error
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if not error.connection_invalidated and state[:2] not in AWAY_STATES:
            raise
        raise_if_cancelled()
        raise _away() from error


def _away() -> ServiceUnavailable:
    return ServiceUnavailable("The database is away for a moment; try again.")
