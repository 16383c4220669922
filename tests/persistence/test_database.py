"""Transactions: all or nothing, in turn, with times that know their zone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest

from backend.errors import ServiceUnavailable
from backend.models import Project, User
from backend.models.base import UTCDateTime, now
from backend.persistence import Database, open_database, projects, users

pytestmark = pytest.mark.api


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    async with open_database(database_url) as database:
        yield database


async def test_what_fails_leaves_nothing_and_runs_no_hook(database: Database) -> None:
    ran = []

    async def hook() -> None:
        ran.append("hook")

    async def change_and_fail() -> None:
        async with database.write() as work:
            await users.ensure(work.session, "alice")
            work.after_commit(hook)
            raise KeyError

    with pytest.raises(KeyError):
        await change_and_fail()
    async with database.read() as session:
        assert await session.get(User, "alice") is None
    assert ran == []


async def test_hooks_run_in_order_once_the_change_can_be_seen(database: Database) -> None:
    seen: list[object] = []

    async def look() -> None:
        async with database.read() as session:
            seen.append(await session.get(User, "alice"))

    async def fail() -> None:
        raise ServiceUnavailable("away")

    async with database.write() as work:
        await users.ensure(work.session, "alice")
        work.after_commit(fail)
        work.after_commit(look)
        assert seen == []
    assert seen[0] is not None


async def test_what_a_reader_changes_is_refused_or_lost(database: Database) -> None:
    with suppress(ServiceUnavailable):
        async with database.read() as session:
            session.add(User(id="alice"))
            await session.flush()
    async with database.read() as session:
        assert await session.get(User, "alice") is None


async def test_writers_take_turns(database: Database) -> None:
    async with database.write() as work:
        await users.ensure(work.session, "alice")
        project = Project(user_id="alice", title="t", prompt="p")
        work.session.add(project)

    async def count_up() -> None:
        async with database.write() as work:
            locked = await projects.lock(work.session, project.id)
            assert locked is not None
            seq = locked.last_event_seq
            await asyncio.sleep(0.001)
            locked.last_event_seq = seq + 1

    await asyncio.gather(*(count_up() for _ in range(20)))
    async with database.read() as session:
        found = await session.get(Project, project.id)
    assert found is not None
    assert found.last_event_seq == 20


async def test_a_row_that_exists_is_not_inserted_again(database: Database) -> None:
    async def ensure() -> None:
        async with database.write() as work:
            await users.ensure(work.session, "alice")

    await asyncio.gather(*(ensure() for _ in range(10)))
    async with database.read() as session:
        assert await session.get(User, "alice") is not None


async def test_times_come_back_in_utc(database: Database) -> None:
    eastern = timezone(timedelta(hours=-5))
    at = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=eastern)
    async with database.write() as work:
        work.session.add(User(id="alice", created_at=at))
    async with database.read() as session:
        found = await session.get(User, "alice")
    assert found is not None
    assert found.created_at == at
    assert found.created_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        UTCDateTime().process_bind_param(now().replace(tzinfo=None), None)  # type: ignore[arg-type]


async def test_a_database_that_is_away_says_so() -> None:
    async with open_database("postgresql+asyncpg://nobody@/x?host=/nowhere") as database:
        with pytest.raises(ServiceUnavailable):
            await database.ping()
        with pytest.raises(ServiceUnavailable):
            async with database.write():
                pass
