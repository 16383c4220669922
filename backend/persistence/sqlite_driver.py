"""SQLite through aiosqlite, with one visit of its thread per statement.

SQLAlchemy's adapter visits the thread four times: to make a cursor, to execute, to fetch, to close.
Each visit costs more than the query itself. Here one visit does all of it.
"""

from collections import deque
from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.dialects.sqlite import aiosqlite as adapter


class _Found(NamedTuple):
    """What a statement left behind."""

    description: Any
    rowcount: int
    lastrowid: int | None
    rows: Sequence[Any]


NOTHING = _Found(None, -1, None, ())


class OneVisitCursor(adapter.AsyncAdapt_aiosqlite_cursor):
    """A cursor that exists only while its statement runs."""

    __slots__ = ("_found",)

    def __init__(self, adapt_connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's adapter
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = deque()
        self._found = NOTHING

    @property
    def description(self) -> Any:  # noqa: ANN401 - as the DB-API says
        """The columns of the last statement."""
        return self._found.description

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed."""
        return self._found.rowcount

    @property
    def lastrowid(self) -> Any:  # noqa: ANN401 - as the DB-API says
        """The row that the last statement inserted."""
        return self._found.lastrowid

    async def _async_soft_close(self) -> None:
        """Do nothing: the cursor is closed already."""

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:  # noqa: ANN401
        await self._visit(_execute, operation, parameters or ())

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:  # noqa: ANN401
        await self._visit(_execute_many, operation, seq_of_parameters)

    async def _visit(self, *work: Any) -> None:  # noqa: ANN401 - a function and its arguments
        function, *arguments = work
        connection: Any = self._connection
        async with self._adapt_connection._execute_mutex:
            self._found = await connection._execute(function, connection._conn, *arguments)
        self._rows = deque(self._found.rows)


class OneVisitConnection(adapter.AsyncAdapt_aiosqlite_connection):
    """A connection whose cursors are those above."""

    __slots__ = ()

    _cursor_cls = OneVisitCursor


class OneVisitDriver(adapter.AsyncAdapt_aiosqlite_dbapi):
    """What SQLAlchemy takes for the driver; pass it to an engine as ``module``."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, __import__("sqlite3"))

    def connect(self, *arguments: Any, **options: Any) -> OneVisitConnection:  # noqa: ANN401
        """Open a connection."""
        plain = super().connect(*arguments, **options)
        return OneVisitConnection(self, plain._connection)


def _execute(connection: Connection, operation: str, parameters: Sequence[Any]) -> _Found:
    cursor = connection.execute(operation, parameters)
    rows = cursor.fetchall() if cursor.description else ()
    found = _Found(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    cursor.close()
    return found


def _execute_many(
    connection: Connection, operation: str, parameters: Sequence[Sequence[Any]]
) -> _Found:
    cursor = connection.executemany(operation, parameters)
    found = _Found(None, cursor.rowcount, cursor.lastrowid, ())
    cursor.close()
    return found
