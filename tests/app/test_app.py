"""The API process as a whole."""

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from typing import cast

import httpx
import pytest
from websockets.asyncio.client import connect

from backend.compat import music
from backend.schema.types import project as project_type
from backend.settings import Settings
from tests.fixtures.api import Api, serving
from tests.fixtures.engine import until

START = "/api/v1/music/generate/full-song"
STUDIO = "https://studio.example"


@pytest.fixture(scope="module")
def allowing(api_settings: Settings) -> Iterator[Api]:
    """The same platform, open to pages of another origin."""
    with serving(api_settings.model_copy(update={"allowed_origins": (STUDIO,)})) as running:
        yield running


async def test_every_answer_has_an_id_and_the_headers_browsers_need(
    client: httpx.AsyncClient,
) -> None:
    for path in ("/health", "/nothing", "/openapi.json"):
        headers = (await client.get(path)).headers
        assert headers["x-request-id"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]


async def test_the_callers_request_id_is_kept_if_it_is_one(client: httpx.AsyncClient) -> None:
    kept = await client.get("/health", headers={"X-Request-ID": "trace-1.a"})
    assert kept.headers["x-request-id"] == "trace-1.a"
    other = await client.get("/health", headers={"X-Request-ID": "a b\tc"})
    assert other.headers["x-request-id"] != "a b\tc"


async def test_only_allowed_origins_may_read(allowing: Api, api: Api) -> None:
    preflight = {"Origin": STUDIO, "Access-Control-Request-Method": "POST"}
    async with httpx.AsyncClient(base_url=allowing.url) as client:
        allowed = await client.options("/graphql", headers=preflight)
        other = await client.get("/health", headers={"Origin": "https://evil.example"})
    assert allowed.headers["access-control-allow-origin"] == STUDIO
    assert "access-control-allow-origin" not in other.headers
    async with httpx.AsyncClient(base_url=api.url) as client:
        closed = await client.get("/health", headers={"Origin": STUDIO})
    assert "access-control-allow-origin" not in closed.headers


async def test_unexpected_errors_show_an_id_that_the_log_has(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret inside")

    started = (await client.post(START, json={"prompt": "A song"})).json()["project_id"]
    monkeypatch.setattr(music.library, "progress_of", broken)
    monkeypatch.setattr(project_type.library, "progress_of", broken)
    with caplog.at_level(logging.ERROR):
        rest = await client.get(f"/api/v1/music/project/{started}/status")
        query = {"query": "{ projects { nodes { progress } } }"}
        graphql = await client.post("/graphql", json=query)
    assert rest.status_code == 500
    [error] = graphql.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    for answer in (rest, graphql):
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert error["extensions"]["errorId"] in logged
    assert re.findall(r"error (\w{12}) when", rest.json()["detail"])[0] in logged


async def test_sockets_are_told_to_come_back_when_the_server_stops(
    api_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(api_settings) as api:
        token = api.token("alice")
        graphql = await connect(f"{api.socket_url}/graphql", subprotocols=["graphql-transport-ws"])
        await graphql.send(json.dumps({"type": "connection_init", "payload": {"token": token}}))
        await graphql.recv()
        query = {"query": "subscription { dashboard { running { id } } }"}
        await graphql.send(json.dumps({"type": "subscribe", "id": "1", "payload": query}))
        await graphql.recv()
        plain = await connect(f"{api.socket_url}/ws?token={token}")
        async with httpx.AsyncClient(base_url=api.url, headers=api.headers("alice")) as client:
            started = await client.post(START, json={"prompt": "A song"})
        wish = {"action": "subscribe", "project_id": started.json()["project_id"]}
        await plain.send(json.dumps(wish))
        await plain.recv()
    assert "timeout graceful shutdown exceeded" not in caplog.text
    for socket in (graphql, plain):
        await asyncio.wait_for(socket.wait_closed(), 5)
        assert socket.close_code == 1012


async def test_log_lines_name_request_user_and_project(
    client: httpx.AsyncClient, user_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    started = (await client.post(START, json={"prompt": "A song"})).json()["project_id"]
    query = f'{{ project(id: "{started}") {{ id }} }}'
    with caplog.at_level(logging.INFO):
        rest = await client.get(f"/api/v1/music/project/{started}/status")
        graphql = await client.post("/graphql", json={"query": query})
        ids = {answer.headers["x-request-id"] for answer in (rest, graphql)}

        async def logged() -> list[dict[str, str]]:
            lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
            found = [line for line in lines if line.get("request_id") in ids]
            return found if len(found) == len(ids) else []

        for line in cast("list[dict[str, str]]", await until(logged)):
            assert (line["user_id"], line["project_id"]) == (user_id, started)
