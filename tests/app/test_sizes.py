"""How large a page, a request and a message may be, where somebody has set it."""

import asyncio
import json
from collections.abc import Iterator

import httpx
import pytest
from websockets.asyncio.client import connect

from backend.settings import Settings
from tests.fixtures.api import Api, serving
from tests.schema.asking import ask

PAGES = "query($first: Int!) { projects(first: $first) { totalCount } }"
START = "/api/v1/music/generate/full-song"


@pytest.fixture(scope="module")
def small(api_settings: Settings) -> Iterator[Api]:
    sizes = {
        "max_page_size": 20,
        "max_body_bytes": 64 * 1024,
        "max_message_characters": 8192,
        "max_query_mutations": 1,
    }
    with serving(api_settings.model_copy(update=sizes)) as running:
        yield running


@pytest.fixture
async def visitor(small: Api, user_id: str):
    headers = small.headers(user_id)
    async with httpx.AsyncClient(base_url=small.url, headers=headers, timeout=30) as opened:
        yield opened


async def test_a_page(visitor: httpx.AsyncClient) -> None:
    assert "errors" not in await ask(visitor, PAGES, first=20)
    [error] = (await ask(visitor, PAGES, first=21))["errors"]
    assert error["message"] == "Ask for 1 to 20 at a time."
    assert (await visitor.get("/api/v1/music/projects?limit=100")).status_code == 200


@pytest.mark.parametrize("announced", [True, False])
async def test_a_request(visitor: httpx.AsyncClient, announced: bool) -> None:
    whole = json.dumps({"query": PAGES, "prompt": "x" * 70_000}).encode()

    async def parts():
        yield whole

    for path in ("/graphql", START):
        answer = await visitor.post(
            path,
            content=whole if announced else parts(),
            headers={"Content-Type": "application/json"},
        )
        assert answer.status_code == 413
        assert "larger than 65536 bytes" in answer.text


@pytest.mark.parametrize("path", ["/ws", "/graphql"])
async def test_a_message(small: Api, user_id: str, path: str) -> None:
    protocols = ["graphql-transport-ws"] if path == "/graphql" else None
    url = f"{small.socket_url}{path}?token={small.token(user_id)}"
    async with connect(url, subprotocols=protocols) as opened:
        await opened.send(json.dumps({"type": "ping", "action": "ping"}))
        await opened.recv()
        await opened.send("x" * 8193)
        await asyncio.wait_for(opened.wait_closed(), 10)
    assert opened.close_code == 1009
    assert "8192" in (opened.close_reason or "")


async def test_changes_in_one_document(visitor: httpx.AsyncClient) -> None:
    change = 'deleteProject(id: "1") { __typename }'
    [error] = (await ask(visitor, f"mutation {{ a: {change} b: {change} }}"))["errors"]
    assert error["message"] == "The document has 2 changes; 1 are allowed."
    assert "errors" not in await ask(visitor, f"mutation {{ {change} }}")
