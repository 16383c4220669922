"""The earlier WebSocket API."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.compat import socket as route
from backend.pipeline.artifacts import StageName
from backend.services.platform import Platform
from backend.settings import Settings
from tests.fixtures.api import Api, serving
from tests.fixtures.played_worker import PlayedWorker

START = "/api/v1/music/generate/full-song"
ALL = [str(number) for number in range(1, 22)]


@pytest.fixture(scope="module")
def open_api(api_settings: Settings) -> Iterator[Api]:
    """The same platform with the open door of development."""
    with serving(api_settings.model_copy(update={"fast_dev": True})) as running:
        yield running


@pytest.fixture
async def project_id(client: httpx.AsyncClient) -> str:
    return (await client.post(START, json={"prompt": "A song"})).json()["project_id"]


async def test_early_late_and_resuming_clients_see_every_event_once(
    api: Api, user_id: str, project_id: str, backstage: Platform, tmp_path: Path
) -> None:
    async with joined(api, user_id, project_id) as early:
        worker = PlayedWorker(backstage, tmp_path)
        await worker.claim(project_id)
        await worker.step(StageName.PLANNING)
        async with joined(api, user_id, project_id, after="2") as resuming:
            async with joined(api, user_id, project_id) as leaving:
                assert [(await receive(leaving))["id"] for _ in range(3)] == ALL[:3]
            for stage in list(StageName)[1:]:
                await worker.step(stage)
            async with joined(api, user_id, project_id) as late:
                assert await ids_until_end(late) == ALL
            async with joined(api, user_id, project_id, after="3") as back:
                assert await ids_until_end(back) == ALL[3:]
            assert await ids_until_end(resuming) == ALL[2:]
        assert await ids_until_end(early) == ALL


async def test_both_envelopes_say_the_same(
    api: Api, user_id: str, project_id: str, backstage: Platform, tmp_path: Path
) -> None:
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    async with joined(api, user_id, project_id) as socket:
        events = await until_end(socket)
    async with joined(api, user_id, project_id, envelope="notification") as socket:
        notifications = await until_end(socket)
    event, notification = events[1], notifications[1]
    assert event == {
        "type": "stage.progress", "event_type": "stage.progress", "id": "2",
        "project_id": project_id, "stage": "planning", "progress": 0.01, "message": "part 1",
        "error": None, "timestamp": event["timestamp"],
        "data": {"stage": "planning", "progress": 0.01, "error": None},
    }  # fmt: skip
    assert notification == {
        "type": "event_notification", "event_type": "stage.progress", "id": "2",
        "timestamp": event["timestamp"],
        "data": {
            "project_id": project_id, "stage": "planning", "progress": 0.01, "error": None,
        },
    }  # fmt: skip
    assert [n["event_type"] for n in notifications] == [e["type"] for e in events]


async def test_unsubscribing_ends_the_events(
    api: Api, user_id: str, project_id: str, backstage: Platform, tmp_path: Path
) -> None:
    async with joined(api, user_id, project_id) as socket:
        await send(socket, action="unsubscribe", project_id=project_id)
        assert await receive(socket) == {"type": "unsubscribed", "project_id": project_id}
        await PlayedWorker(backstage, tmp_path).finish(project_id)
        await send(socket, action="ping")
        assert await receive(socket) == {"type": "pong"}


async def test_cancelling_is_an_event(
    api: Api, client: httpx.AsyncClient, user_id: str, project_id: str
) -> None:
    async with joined(api, user_id, project_id) as socket:
        query = f'mutation {{ cancelProject(id: "{project_id}") {{ __typename }} }}'
        await client.post("/graphql", json={"query": query})
        assert (await receive(socket))["type"] == "project.cancelled"


async def test_a_token_may_come_in_three_ways(api: Api, user_id: str, project_id: str) -> None:
    url, token = f"{api.socket_url}/ws", api.token(user_id)
    async with connect(f"{url}?token={token}") as socket:
        assert await may_watch(socket, project_id)
    async with connect(url, additional_headers={"Authorization": f"Bearer {token}"}) as socket:
        assert await may_watch(socket, project_id)
    async with connect(url) as socket:
        assert not await may_watch(socket, project_id)
        await send(socket, action="authenticate", token=token)
        assert (await receive(socket))["type"] == "authenticated"
        assert await may_watch(socket, project_id)


async def test_a_wrong_token_is_an_error_and_opens_nothing(api: Api, project_id: str) -> None:
    async with connect(f"{api.socket_url}/ws?token=nonsense") as socket:
        assert (await receive(socket))["code"] == "NOT_AUTHENTICATED"
        assert not await may_watch(socket, project_id)
        await send(socket, action="authenticate", token="nonsense")
        assert (await receive(socket))["code"] == "NOT_AUTHENTICATED"


async def test_development_needs_no_token(open_api: Api) -> None:
    async with httpx.AsyncClient(base_url=open_api.url) as client:
        token = (await client.post("/api/v1/dev/token")).json()
        assert (token["token_type"], token["expires_in"]) == ("bearer", 3600)
        assert (await client.get("/api/v1/dev/token")).json()["user_id"] == token["user_id"]
        headers = {"Authorization": f"Bearer {token['token']}"}
        started = await client.post(START, json={"prompt": "A song"}, headers=headers)
    async with connect(f"{open_api.socket_url}/ws") as socket:
        assert await may_watch(socket, started.json()["project_id"])


async def test_projects_of_others_are_unknown(api: Api, project_id: str) -> None:
    async with connect(f"{api.socket_url}/ws?token={api.token('mallory')}") as socket:
        await send(socket, action="subscribe", project_id=project_id)
        assert (await receive(socket))["code"] == "NOT_FOUND"


@pytest.mark.parametrize(
    "frame",
    [
        "nonsense",
        "5",
        "[]",
        "{}",
        '{"action": "dance"}',
        '{"action": []}',
        '{"action": "subscribe"}',
        '{"action": "subscribe", "project_id": 5}',
        '{"action": "subscribe", "project_id": "x", "after": "y"}',
        '{"action": "subscribe", "project_id": "x", "envelope": "none"}',
        '{"action": "subscribe", "project_id": "\\u0000"}',
        '{"action": "unsubscribe"}',
        '{"action": "authenticate", "token": 5}',
        b"bytes",
        "[" * 60_000,
    ],
)
async def test_bad_frames_are_errors_and_the_socket_stays(
    api: Api, user_id: str, frame: str | bytes
) -> None:
    async with connect(f"{api.socket_url}/ws?token={api.token(user_id)}") as socket:
        await socket.send(frame)
        answer = await receive(socket)
        assert (answer["type"], set(answer)) == ("error", {"type", "code", "message"})
        await send(socket, action="ping")
        assert await receive(socket) == {"type": "pong"}


async def test_a_huge_frame_closes_with_1009(api: Api, user_id: str) -> None:
    async with connect(f"{api.socket_url}/ws?token={api.token(user_id)}") as socket:
        await socket.send("x" * 65_537)
        assert await close_code(socket) == 1009


async def test_whoever_never_says_who_they_are_is_closed(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "ANONYMOUS_SECONDS", 0.05)
    async with connect(f"{api.socket_url}/ws") as socket:
        assert await close_code(socket) == 1008


async def test_pages_of_other_origins_may_not_connect(api: Api) -> None:
    for path in ("/ws", "/graphql"):
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"{api.socket_url}{path}", origin="https://evil.example")
        assert refused.value.response.status_code == 403
    async with connect(f"{api.socket_url}/ws", origin=api.url) as socket:
        await send(socket, action="ping")
        assert await receive(socket) == {"type": "pong"}


@asynccontextmanager
async def joined(
    api: Api, user_id: str, project_id: str, **wish: str
) -> AsyncIterator[ClientConnection]:
    async with connect(f"{api.socket_url}/ws?token={api.token(user_id)}") as socket:
        await send(socket, action="subscribe", project_id=project_id, **wish)
        assert await receive(socket) == {"type": "subscribed", "project_id": project_id}
        yield socket


async def may_watch(socket: ClientConnection, project_id: str) -> bool:
    await send(socket, action="subscribe", project_id=project_id)
    return (await receive(socket))["type"] == "subscribed"


async def send(socket: ClientConnection, **message: object) -> None:
    await socket.send(json.dumps(message))


async def receive(socket: ClientConnection) -> dict[str, Any]:
    return json.loads(await asyncio.wait_for(socket.recv(), 20))


async def until_end(socket: ClientConnection) -> list[dict[str, Any]]:
    """Return what comes up to the end of the project; nothing may come after it."""
    messages = [await receive(socket)]
    while messages[-1]["event_type"] != "project.completed":
        messages.append(await receive(socket))
    await send(socket, action="ping")
    assert (await receive(socket))["type"] == "pong"
    return messages


async def ids_until_end(socket: ClientConnection) -> list[str]:
    return [message["id"] for message in await until_end(socket)]


async def close_code(socket: ClientConnection) -> int | None:
    with pytest.raises(ConnectionClosed):
        await asyncio.wait_for(socket.recv(), 20)
    return socket.close_code
