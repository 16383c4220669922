"""How often and how many, as clients of every API see it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.auth.tokens import issue
from backend.launch.valkey import EmbeddedValkey
from backend.settings import Settings
from tests.fixtures.api import Api, serving
from tests.schema.asking import PROMPT, START, ask

REST_START = "/api/v1/music/generate/full-song"
TRANSPORT, OLDER = "graphql-transport-ws", "graphql-ws"
COUNT = "{ projects { totalCount } }"


@pytest.fixture(scope="module")
def strict(api_settings: Settings) -> Iterator[Api]:
    """The same platform with narrow limits."""
    narrow = {
        "rate_limit_requests": 6,
        "rate_limit_songs": 2,
        "rate_limit_window": 3600,
        "max_sockets_per_user": 2,
        "max_sockets_per_address": 8,
        "max_operations_per_socket": 2,
    }
    with serving(api_settings.model_copy(update=narrow)) as running:
        yield running


@pytest.fixture
async def visitor(strict: Api, user_id: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = strict.headers(user_id)
    async with httpx.AsyncClient(base_url=strict.url, headers=headers, timeout=30) as opened:
        yield opened


async def test_songs_have_a_stricter_limit_that_is_a_member_of_the_union(
    visitor: httpx.AsyncClient,
) -> None:
    results = [await ask(visitor, START, input={"prompt": PROMPT}) for _ in range(3)]
    last = results[-1]["data"]["generateFullSong"]
    assert (last["__typename"], last["code"]) == ("LimitExceeded", "RATE_LIMITED")
    assert 1700 < last["retryAfterSeconds"] <= 1800
    rest = await visitor.post(REST_START, json={"prompt": PROMPT})
    assert rest.status_code == 429
    assert 1700 < int(rest.headers["retry-after"]) <= 1800
    assert (await ask(visitor, COUNT))["data"]["projects"]["totalCount"] == 2


async def test_requests_beyond_the_limit_are_429_with_a_code_everywhere(
    visitor: httpx.AsyncClient,
) -> None:
    for _ in range(6):
        await ask(visitor, COUNT)
    graphql = await visitor.post("/graphql", json={"query": COUNT})
    assert graphql.status_code == 429
    [error] = graphql.json()["errors"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert int(graphql.headers["retry-after"]) == error["extensions"]["retryAfterSeconds"]
    rest = await visitor.get("/api/v1/music/projects")
    assert (rest.status_code, set(rest.json())) == (429, {"detail"})
    assert (await visitor.get("/health")).status_code == 200


@pytest.mark.parametrize("protocol", [TRANSPORT, OLDER])
async def test_operations_of_a_socket_count_and_it_stays_open(
    strict: Api, user_id: str, protocol: str
) -> None:
    async with joined(strict, strict.token(user_id), protocol) as socket:
        for number in range(6):
            await begin(socket, protocol, str(number), "subscription { nothing }")
            assert "Cannot query field" in json.dumps(await receive(socket))
        await begin(socket, protocol, "7", "subscription { nothing }")
        refused = await receive(socket)
        assert (refused["type"], refused["id"]) == ("error", "7")
        assert "RATE_LIMITED" in json.dumps(refused)


async def test_a_socket_runs_so_many_operations_at_the_same_time(strict: Api, user_id: str) -> None:
    watch = "subscription { dashboard { running { id } } }"
    async with joined(strict, strict.token(user_id), TRANSPORT) as socket:
        for number in "123":
            await begin(socket, TRANSPORT, number, watch)
        seen = [await receive(socket) for _ in range(3)]
    assert [m["id"] for m in seen if m["type"] == "error"] == ["3"]


@pytest.mark.parametrize("protocol", [TRANSPORT, OLDER])
async def test_a_user_has_so_many_sockets_and_gets_the_place_back(
    strict: Api, user_id: str, protocol: str
) -> None:
    token = strict.token(user_id)
    async with joined(strict, token, protocol):
        async with joined(strict, token, protocol):
            with pytest.raises(ConnectionClosed) as closed:
                async with joined(strict, token, protocol):
                    pass
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 4429
        await asyncio.sleep(0.2)
        async with joined(strict, token, protocol):
            pass


async def test_an_address_has_so_many_sockets(strict: Api, user_id: str) -> None:
    async with AsyncExitStack() as held:
        with pytest.raises(InvalidStatus) as refused:
            await open_many(held, f"{strict.socket_url}/ws", 9)
    assert refused.value.response.status_code == 429
    assert b"connections from one address" in (refused.value.response.body or b"")


@pytest.mark.parametrize("protocol", [TRANSPORT, OLDER])
async def test_a_socket_closes_when_its_token_expires(
    api: Api, user_id: str, protocol: str
) -> None:
    token = issue(api.settings.secret_key, user_id, 2)
    async with joined(api, token, protocol) as socket:
        await begin(socket, protocol, "1", "subscription { dashboard { running { id } } }")
        await socket.wait_closed()
    assert socket.close_code == 4403


async def test_the_earlier_socket_says_that_the_token_has_expired(
    api: Api, user_id: str, client: httpx.AsyncClient
) -> None:
    project = (await client.post(REST_START, json={"prompt": PROMPT})).json()["project_id"]
    token = issue(api.settings.secret_key, user_id, 2)
    async with connect(f"{api.socket_url}/ws?token={token}") as socket:
        wish = json.dumps({"action": "subscribe", "project_id": project})
        await socket.send(wish)
        assert (await receive(socket))["type"] == "subscribed"
        message = await receive(socket)
        assert message["code"] == "NOT_AUTHENTICATED", message
        await asyncio.sleep(0.1)
        await socket.send(wish)
        assert (await receive(socket))["code"] == "NOT_AUTHENTICATED"


async def test_without_redis_one_can_read_but_not_start(
    sqlite_settings: Settings, valkey: EmbeddedValkey, tmp_path: Path
) -> None:
    with serving(sqlite_settings) as api:
        headers = api.headers("alice")
        async with httpx.AsyncClient(base_url=api.url, headers=headers, timeout=30) as client:
            valkey.stop()
            assert (await ask(client, COUNT))["data"]["projects"]["totalCount"] == 0
            rest = await client.post(REST_START, json={"prompt": PROMPT})
            graphql = await ask(client, START, input={"prompt": PROMPT})
    assert rest.status_code == 503
    assert graphql["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


@asynccontextmanager
async def joined(api: Api, token: str, protocol: str) -> AsyncIterator[ClientConnection]:
    """Connect in one of the two protocols and greet."""
    async with connect(f"{api.socket_url}/graphql", subprotocols=[protocol]) as socket:
        greeting = {"type": "connection_init", "payload": {"token": token}}
        await socket.send(json.dumps(greeting))
        while (await receive(socket))["type"] != "connection_ack":
            pass
        yield socket


async def open_many(held: AsyncExitStack, url: str, count: int) -> None:
    for _ in range(count):
        await held.enter_async_context(connect(url))


async def begin(socket: ClientConnection, protocol: str, key: str, query: str) -> None:
    kind = "subscribe" if protocol == TRANSPORT else "start"
    await socket.send(json.dumps({"type": kind, "id": key, "payload": {"query": query}}))


async def receive(socket: ClientConnection) -> dict[str, object]:
    return json.loads(await asyncio.wait_for(socket.recv(), 20))
