"""Nested lists cost a fixed number of queries, however long they are."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.schema.asking import data, started

NESTED = """{ projects(first: 50) { totalCount nodes {
  progress currentStage error song { key } stages { name status } takes { stages { name } }
} } }"""


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
    assert seen == {"project": 1, "take": 2, "stage": 1}
