"""The migrations lead to the tables of the models, on both databases."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from backend.persistence.migrate import check, upgrade
from tests.fixtures.servers import Postgres

pytestmark = pytest.mark.api


def test_no_migration_is_missing(database_url: str) -> None:
    check(database_url)


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    check(database_url)


def test_a_new_sqlite_file_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "music.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    with sqlite3.connect(path) as connection:
        mode = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    assert mode == ("wal",)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_several_processes_may_upgrade_at_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'music.db'}"
    if kind == "postgres":
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.database()
    code = f"from backend.persistence.migrate import upgrade; upgrade({url!r})"
    processes = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    check(url)
