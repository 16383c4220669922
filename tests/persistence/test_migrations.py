"""The migrations lead to the tables of the models, on both databases."""

import sqlite3
import subprocess
import sys
from contextlib import closing
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


def test_songs_of_the_time_before_takes_of_takes_stay(tmp_path: Path) -> None:
    """Rows that name each other survive the change of their tables."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'music.db'}"
    upgrade(url, "0002")
    with closing(sqlite3.connect(tmp_path / "music.db")) as connection:
        connection.executescript(EARLIER)
    upgrade(url)
    check(url)
    with closing(sqlite3.connect(tmp_path / "music.db")) as connection:
        projects = connection.execute("SELECT id, working_take_id FROM project ORDER BY id")
        assert projects.fetchall() == [("done", None), ("running", "t2")]
        events = connection.execute("SELECT take_id FROM project_event").fetchall()
        assert events == [("t1",)]
        assert connection.execute("SELECT change FROM take").fetchall() == [("{}",)] * 2


EARLIER = """
INSERT INTO user VALUES ('alice', '2026-01-01');
INSERT INTO project VALUES
  ('done', 'alice', 'A', 'a', 'completed', 't1', NULL, '', 1, '2026-01-01', '2026-01-01', NULL),
  ('running', 'alice', 'B', 'b', 'running', 't2', NULL, '', 0, '2026-01-01', '2026-01-01', NULL);
INSERT INTO take VALUES
  ('t1', 'done', NULL, 1, 7, '{}', '{}', '{}', 'completed', 1, NULL, NULL, NULL, '2026-01-01',
   NULL, NULL),
  ('t2', 'running', NULL, 1, 7, '{}', '{}', '{}', 'running', 1, NULL, NULL, NULL, '2026-01-01',
   NULL, NULL);
INSERT INTO stage VALUES ('s1', 't1', 0, 'planning', 'completed', 1.0, NULL, 1, NULL, NULL, NULL);
INSERT INTO project_event VALUES
  ('done', 1, 'project.completed', NULL, 1.0, NULL, NULL, '2026-01-01');
"""
