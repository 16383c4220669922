"""Nested lists cost a fixed number of queries, however long they are."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from backend.services.platform import Platform
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import data, started

NESTED = """{ projects(first: 50) { totalCount nodes {
  progress currentStage error song { key } stages { name status } takes { stages { name } }
} } }"""

EVERYTHING = """{ projects(first: 50) { totalCount nodes {
  id progress currentStage queuePosition etaSeconds error shareUrl
  stages { name }
  song {
    key downloads { name ready } audio { url peaks(points: 2) }
    tracks { stem { url } downloads { name } }
  }
  currentTake { id stages { name } }
  takeInWork { id }
  takes { number progress stages { name } song { key } }
  events(first: 3) { totalCount nodes { id project { id title } } }
  more: events(first: 2, after: "3") { nodes { id } pageInfo { hasNextPage } }
} } }"""
LEVELS = {"project": 2, "take": 2, "stage": 1, "project_event": 2, "share_link": 1, "artifact": 1}
"""The most that a table may be asked: projects of the list and of the events, two pages of events
with different arguments, takes and the line of all that wait, and everything else once. Takes by
their ids and those of a project come from one query."""


@contextmanager
def reads() -> Iterator[Counter[str]]:
    """Count the SELECTs of this process, in which the server runs, by their first table."""
    seen: Counter[str] = Counter()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.update(re.findall(r"FROM (\w+)", statement)[:1])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("count", [1, 8])
async def test_one_query_per_kind_of_row_and_level(client: httpx.AsyncClient, count: int) -> None:
    for _ in range(count):
        await started(client)
    with reads() as seen:
        answer = await data(client, NESTED)
    assert len(answer["projects"]["nodes"]) == count
    assert seen == {"project": 1, "take": 1, "stage": 1}


async def test_nothing_is_asked_for_once_per_row(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    counted = []
    for number in range(1, 4):
        await PlayedWorker(backstage, tmp_path).finish(await started(client))
        await PlayedWorker(backstage, tmp_path).claim(await started(client))
        await started(client)
        with reads() as seen:
            page = (await data(client, EVERYTHING))["projects"]["nodes"]
        counted.append(seen)
        assert len(page) == 3 * number
        ended = [node for node in page if node["etaSeconds"] is None]
        assert [node["events"]["totalCount"] for node in ended] == [21] * number
        assert [len(node["more"]["nodes"]) for node in ended] == [2] * number
        assert sum(node["queuePosition"] is not None for node in page) == number
    assert counted[0] == counted[1] == counted[2]
    assert {table: counted[0][table] for table in counted[0]} == {
        table: min(count, LEVELS.get(table, 0)) for table, count in counted[0].items()
    }


async def test_the_line_of_those_who_wait_is_asked_for_once(client: httpx.AsyncClient) -> None:
    query = "{ projects(first: 50) { nodes { queuePosition etaSeconds } } }"
    for _ in range(2):
        await started(client)
        await started(client)
        with reads() as seen:
            await data(client, query)
        assert seen == {"project": 1, "take": 2, "stage": 1}


async def test_pages_of_events_are_those_of_each_project(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    finished, waiting = await started(client), await started(client)
    await PlayedWorker(backstage, tmp_path).finish(finished)
    query = """query($after: String) { projects { nodes { id events(first: 4, after: $after) {
      totalCount nodes { id } pageInfo { hasNextPage } } } } }"""
    for after, ids, more in [(None, "1 2 3 4", True), ("18", "19 20 21", False), ("99", "", False)]:
        nodes = (await data(client, query, after=after))["projects"]["nodes"]
        pages = {node["id"]: node["events"] for node in nodes}
        assert [node["id"] for node in pages[finished]["nodes"]] == ids.split()
        assert pages[finished]["pageInfo"]["hasNextPage"] is more
        assert (pages[finished]["totalCount"], pages[waiting]["totalCount"]) == (21, 0)
        assert pages[waiting]["nodes"] == []
