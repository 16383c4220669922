"""Fill a library with copies of its one song: ``fill_library.py DATABASE COUNT``."""

import sqlite3
import sys
from contextlib import closing
from datetime import datetime, timedelta
from uuid import uuid4


def fill(database: str, count: int) -> None:
    """Add the copies, each a minute older than the one before."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.row_factory = sqlite3.Row
        project = dict(connection.execute("SELECT * FROM project").fetchone())
        take = dict(connection.execute("SELECT * FROM take").fetchone())
        newest = datetime.fromisoformat(project["created_at"])
        for number in range(1, count + 1):
            ids = {"id": str(uuid4()), "current_take_id": str(uuid4())}
            then = str(newest - timedelta(minutes=number))
            insert(
                connection,
                "project",
                {**project, **ids, "title": f"Copy {number}", "created_at": then,
                 "idempotency_key": None},
            )  # fmt: skip
            copy = {**take, "id": ids["current_take_id"], "project_id": ids["id"]}
            insert(connection, "take", copy)


def insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    """Write one row."""
    names = ", ".join(row)
    places = ", ".join("?" for _ in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row.values()))  # noqa: S608  table and columns come from the schema


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
