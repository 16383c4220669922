"""Who a connection belongs to, and that it says so once."""

import asyncio
import json
from contextlib import suppress

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.fixtures.api import Api

TOO_MANY = 4429


@pytest.mark.parametrize(
    ("protocol", "begin", "answer"),
    [("graphql-transport-ws", "subscribe", "next"), ("graphql-ws", "start", "data")],
)
async def test_the_handshake_may_bring_the_token(
    api: Api, user_id: str, protocol: str, begin: str, answer: str
) -> None:
    address, headers = f"{api.socket_url}/graphql", api.headers(user_id)
    async with connect(address, subprotocols=[protocol], additional_headers=headers) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        subscription = "subscription { dashboard { counts { queued } } }"
        message = {"type": begin, "id": "1", "payload": {"query": subscription}}
        await socket.send(json.dumps(message))
        shown = json.loads(await asyncio.wait_for(socket.recv(), 20))
    assert shown["type"] == answer
    assert shown["payload"]["data"]["dashboard"]["counts"]["queued"] == 0


@pytest.mark.parametrize("protocol", ["graphql-transport-ws", "graphql-ws"])
async def test_a_connection_says_once_whose_it_is(api: Api, user_id: str, protocol: str) -> None:
    hello = json.dumps({"type": "connection_init", "payload": {"token": api.token(user_id)}})
    async with connect(f"{api.socket_url}/graphql", subprotocols=[protocol]) as socket:
        await socket.send(hello)
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        await socket.send(hello)
        with suppress(ConnectionClosed):
            await asyncio.wait_for(socket.recv(), 20)
    assert socket.close_code == TOO_MANY


async def test_the_older_protocol_says_that_it_carries_subscriptions_only(
    api: Api, user_id: str
) -> None:
    async with connect(
        f"{api.socket_url}/graphql",
        subprotocols=["graphql-ws"],
        additional_headers=api.headers(user_id),
    ) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        payload = {"query": "{ viewer { id } }"}
        await socket.send(json.dumps({"type": "start", "id": "1", "payload": payload}))
        await socket.recv()
        answer = await asyncio.wait_for(socket.recv(), 20)
    assert "Queries are not allowed when using this protocol." in str(answer)
