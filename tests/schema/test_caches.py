"""A document is parsed and validated once, whatever its variables are."""

import graphql
import httpx
import pytest
from strawberry.schema import schema as strawberry_schema

from tests.schema.asking import data


async def test_the_second_request_neither_parses_nor_validates(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "query CachedOnce($first: Int!) { projects(first: $first) { totalCount } }"
    await data(client, query, first=1)

    def again(*_: object, **__: object) -> None:
        raise AssertionError("the work was done again")

    monkeypatch.setattr(strawberry_schema, "parse", again)
    monkeypatch.setattr(strawberry_schema, "validate", again)
    monkeypatch.setattr(graphql, "parse", again)
    assert await data(client, query, first=2) == {"projects": {"totalCount": 0}}
    answer = await client.post("/graphql", json={"query": "{ viewer { __typename id } }"})
    assert "INTERNAL" in answer.text, "a new document would have been validated"
