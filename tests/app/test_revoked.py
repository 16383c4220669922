"""A key that is revoked ends what it has opened, on every transport."""

import asyncio
import json

import httpx
import pytest
from websockets.asyncio.client import connect

from backend.services import proof
from tests.fixtures.api import Api
from tests.schema.asking import data, started

CREATE = """mutation { createApiKey(name: "A script", scope: READ) {
  ... on ApiKeyCreated { secret apiKey { id } } } }"""
REVOKE = "mutation($id: ID!) { revokeApiKey(id: $id) { __typename } }"
WATCH = "subscription { dashboard { counts { queued } } }"


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "CHECK_SECONDS", 0.05)


@pytest.fixture
async def key(client: httpx.AsyncClient) -> dict:
    return (await data(client, CREATE))["createApiKey"]


async def revoke(client: httpx.AsyncClient, key: dict) -> None:
    await data(client, REVOKE, id=key["apiKey"]["id"])


@pytest.mark.parametrize("protocol", ["graphql-transport-ws", "graphql-ws"])
async def test_graphql_sockets_close(
    api: Api, client: httpx.AsyncClient, key: dict, protocol: str
) -> None:
    async with connect(f"{api.socket_url}/graphql", subprotocols=[protocol]) as socket:
        greeting = {"type": "connection_init", "payload": {"token": key["secret"]}}
        await socket.send(json.dumps(greeting))
        await receive(socket)
        kind = "subscribe" if protocol == "graphql-transport-ws" else "start"
        await socket.send(json.dumps({"type": kind, "id": "1", "payload": {"query": WATCH}}))
        assert "queued" in json.dumps(await receive(socket))
        await revoke(client, key)
        await asyncio.wait_for(socket.wait_closed(), 10)
    assert (socket.close_code, socket.close_reason) == (4403, proof.REVOKED)


@pytest.mark.parametrize("place", ["address", "message"])
async def test_the_earlier_socket_says_so_and_closes(
    api: Api, client: httpx.AsyncClient, key: dict, place: str
) -> None:
    project = await started(client)
    secret = key["secret"]
    query = f"?token={secret}" if place == "address" else ""
    async with connect(f"{api.socket_url}/ws{query}") as socket:
        if place == "message":
            await socket.send(json.dumps({"action": "authenticate", "token": secret}))
            assert (await receive(socket))["type"] == "authenticated"
        await socket.send(json.dumps({"action": "subscribe", "project_id": project}))
        assert (await receive(socket))["type"] == "subscribed"
        await revoke(client, key)
        message = await receive(socket)
        assert (message["code"], message["message"]) == ("NOT_AUTHENTICATED", proof.REVOKED)
        await asyncio.wait_for(socket.wait_closed(), 10)
    assert socket.close_code == 1008


@pytest.mark.parametrize(
    ("accept", "complete"),
    [
        ("text/event-stream", "event: complete"),
        ("multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json", "--graphql--"),
    ],
)
async def test_streams_over_http_end(
    api: Api, client: httpx.AsyncClient, key: dict, accept: str, complete: str
) -> None:
    headers = {"Authorization": f"Bearer {key['secret']}", "Accept": accept}
    async with httpx.AsyncClient(base_url=api.url, headers=headers, timeout=30) as program:
        request = program.stream("POST", "/graphql/stream", json={"query": WATCH})
        async with request as answer:
            lines = answer.aiter_lines()
            while "queued" not in await anext(lines):
                pass
            await revoke(client, key)
            rest = [line async for line in lines]
    assert complete not in "".join(rest)


async def receive(socket: object) -> dict:
    while True:
        message = json.loads(await asyncio.wait_for(socket.recv(), 10))  # type: ignore[attr-defined] - a websocket
        if message["type"] not in {"ka", "ping"}:
            return message
