"""Watching over WebSocket, with npm's client and with bare frames."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.jobs import presence
from backend.jobs.queue import open_queue
from backend.pipeline.artifacts import StageName
from backend.services.platform import Platform
from backend.services.ports import PresentWorker
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import started

WATCHER = Path(__file__).with_name("watch.mjs")
EVENTS = """subscription($projectId: ID!, $after: String) {
  projectEvents(projectId: $projectId, after: $after) { id type progress project { status } }
}"""
ALL_EVENTS = 5 * 4 + 1
"""Five stages of started, two reports and completed; and the end."""


async def test_npm_client_sees_every_event_once_whether_early_late_or_reconnecting(
    api: Api, client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, user_id: str
) -> None:
    project_id = await started(client)
    early = await watcher(api, user_id, project_id)
    dropping = await watcher(api, user_id, project_id, drop_every=4)
    worker = PlayedWorker(backstage, tmp_path)
    await worker.claim(project_id)
    for stage in StageName:
        await worker.step(stage)
        await asyncio.sleep(0.1)
        if stage is StageName.GENERATION:
            midway = await watcher(api, user_id, project_id, after="3")
    late = await watcher(api, user_id, project_id)
    everything = [str(number) for number in range(1, ALL_EVENTS + 1)]
    assert await seen_by(early) == everything
    assert await seen_by(dropping) == everything
    assert await seen_by(midway) == everything[3:]
    assert await seen_by(late) == everything


async def test_events_carry_the_project_as_it_stands(
    api: Api, client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, user_id: str
) -> None:
    project_id = await started(client)
    async with transport(api, {"Authorization": f"Bearer {api.token(user_id)}"}) as socket:
        await subscribe(socket, "1", EVENTS, projectId=project_id)
        await PlayedWorker(backstage, tmp_path).finish(project_id, reports=0)
        messages = await until_complete(socket)
    events = [message["payload"]["data"]["projectEvents"] for message in messages]
    assert events[-1]["type"] == "PROJECT_COMPLETED"
    assert events[-1]["project"]["status"] == "COMPLETED"
    assert len({event["id"] for event in events}) == len(events) == 11


async def test_the_older_protocol_works(
    api: Api, client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, user_id: str
) -> None:
    project_id = await started(client)
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    async with connect(f"{api.socket_url}/graphql", subprotocols=["graphql-ws"]) as socket:
        await send(socket, type="connection_init", payload={"token": api.token(user_id)})
        assert (await receive(socket))["type"] == "connection_ack"
        payload = {"query": EVENTS, "variables": {"projectId": project_id}}
        await send(socket, type="start", id="1", payload=payload)
        messages = await until_complete(socket)
    ids = [message["payload"]["data"]["projectEvents"]["id"] for message in messages]
    assert ids == [str(number) for number in range(1, ALL_EVENTS + 1)]


async def test_the_dashboard_follows_the_projects(
    api: Api, client: httpx.AsyncClient, user_id: str
) -> None:
    query = "subscription { dashboard { counts { queued cancelled } running { id } } }"
    async with transport(api, {"token": api.token(user_id)}) as socket:
        await subscribe(socket, "1", query)
        assert (await snapshot(socket)) == {"counts": {"queued": 0, "cancelled": 0}, "running": []}
        project_id = await started(client)
        shown = await snapshot(socket)
        assert (shown["counts"]["queued"], shown["running"]) == (1, [{"id": project_id}])
        cancel = "mutation($id: ID!) { cancelProject(id: $id) { __typename } }"
        await client.post("/graphql", json={"query": cancel, "variables": {"id": project_id}})
        shown = await snapshot(socket)
        assert shown == {"counts": {"queued": 0, "cancelled": 1}, "running": []}


async def test_the_dashboard_tells_what_the_last_hours_made(
    api: Api, client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, user_id: str
) -> None:
    query = """subscription { dashboard {
      workerAlive workers { id } hours { startsAt finished failed } } }"""
    await PlayedWorker(backstage, tmp_path).finish(await started(client))
    async with transport(api, {"token": api.token(user_id)}) as socket:
        await subscribe(socket, "1", query)
        shown = await snapshot(socket)
    assert len(shown["hours"]) == 24
    assert [hour["startsAt"] for hour in shown["hours"]] == sorted(
        hour["startsAt"] for hour in shown["hours"]
    )
    assert sum(hour["finished"] for hour in shown["hours"][-2:]) == 1
    assert sum(hour["failed"] for hour in shown["hours"]) == 0
    assert (shown["workerAlive"], shown["workers"]) == (False, [])


async def test_the_dashboard_shows_the_workers(api: Api, user_id: str) -> None:
    query = """subscription { dashboard {
      workerAlive workers { id startedAt songsInWork room } } }"""
    worker = PresentWorker("played", datetime(2026, 1, 2, tzinfo=UTC), songs_in_work=1, room=2)
    async with open_queue(api.settings) as queue:
        await presence.show(queue.redis, worker, seconds=600)
        async with transport(api, {"token": api.token(user_id)}) as socket:
            await subscribe(socket, "1", query)
            shown = await snapshot(socket)
        await presence.leave(queue.redis, worker.id)
    assert shown == {
        "workerAlive": True,
        "workers": [
            {"id": "played", "startedAt": "2026-01-02T00:00:00+00:00", "songsInWork": 1, "room": 2}
        ],
    }


async def test_queries_work_over_the_socket_and_see_changes(
    api: Api, client: httpx.AsyncClient, user_id: str
) -> None:
    async with transport(api, {"token": api.token(user_id)}) as socket:
        for count in range(2):
            await subscribe(socket, str(count), "{ projects { totalCount } }")
            [message] = await until_complete(socket)
            assert message["payload"]["data"]["projects"]["totalCount"] == count
            await started(client)


async def test_a_wrong_token_closes_with_4403(api: Api) -> None:
    async with connect(f"{api.socket_url}/graphql", subprotocols=["graphql-transport-ws"]) as s:
        await send(s, type="connection_init", payload={"Authorization": "Bearer nonsense"})
        assert await close_code(s) == 4403


async def test_without_a_token_watching_is_refused_with_a_code(api: Api) -> None:
    async with transport(api, {}) as socket:
        await subscribe(socket, "1", EVENTS, projectId="any")
        message = await receive(socket)
    [error] = message["payload"]["errors"]
    assert error["extensions"]["code"] == "NOT_AUTHENTICATED"


@pytest.mark.parametrize(
    ("variables", "code"),
    [({"projectId": "none"}, "NOT_FOUND"), ({"projectId": "x", "after": "y"}, "INVALID_INPUT")],
)
async def test_what_cannot_be_watched_is_an_error_with_a_code(
    api: Api, user_id: str, variables: dict[str, str], code: str
) -> None:
    async with transport(api, {"token": api.token(user_id)}) as socket:
        await subscribe(socket, "1", EVENTS, **variables)
        message = await receive(socket)
    assert message["payload"]["errors"][0]["extensions"]["code"] == code


async def test_invalid_documents_are_errors_and_the_socket_stays(api: Api, user_id: str) -> None:
    async with transport(api, {"token": api.token(user_id)}) as socket:
        await subscribe(socket, "1", "subscription { nothing }")
        assert (await receive(socket))["type"] == "error"
        await send(socket, type="ping")
        assert (await receive(socket))["type"] == "pong"


@pytest.mark.parametrize(
    "frame",
    [
        "nonsense",
        "[]",
        "5",
        '{"type": []}',
        '{"type": "unknown"}',
        '{"type": "subscribe", "id": [], "payload": {"query": "{ viewer { id } }"}}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 5}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{", "variables": {}}}',
        '{"type": "subscribe", "id": "1"}',
        "[" * 30_000,
    ],
)
async def test_frames_that_are_no_message_close_with_4400(
    api: Api, user_id: str, frame: str
) -> None:
    async with transport(api, {"token": api.token(user_id)}) as socket:
        await socket.send(frame)
        assert await close_code(socket) == 4400


async def test_a_huge_frame_closes_with_1009(api: Api, user_id: str) -> None:
    async with transport(api, {"token": api.token(user_id)}) as socket:
        await socket.send("x" * 70_000)
        assert await close_code(socket) == 1009


async def test_subscribing_before_the_greeting_closes_with_4401(api: Api) -> None:
    async with connect(f"{api.socket_url}/graphql", subprotocols=["graphql-transport-ws"]) as s:
        await subscribe(s, "1", "{ viewer { id } }")
        assert await close_code(s) == 4401


async def watcher(
    api: Api, user_id: str, project_id: str, *, after: str = "", drop_every: int = 0
) -> asyncio.subprocess.Process:
    arguments = [
        f"{api.socket_url}/graphql",
        api.token(user_id),
        project_id,
        after,
        str(drop_every),
    ]
    return await asyncio.create_subprocess_exec(
        "node", WATCHER, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )


async def seen_by(process: asyncio.subprocess.Process) -> list[str]:
    output, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0, errors.decode()
    return [line.split()[0] for line in output.decode().splitlines()]


@asynccontextmanager
async def transport(api: Api, params: dict[str, str]) -> AsyncIterator[ClientConnection]:
    """Connect and greet."""
    async with connect(f"{api.socket_url}/graphql", subprotocols=["graphql-transport-ws"]) as s:
        await send(s, type="connection_init", payload=params)
        assert (await receive(s))["type"] == "connection_ack"
        yield s


async def subscribe(socket: ClientConnection, key: str, query: str, **variables: object) -> None:
    payload = {"query": query, "variables": variables}
    await send(socket, type="subscribe", id=key, payload=payload)


async def send(socket: ClientConnection, **message: object) -> None:
    await socket.send(json.dumps(message))


async def receive(socket: ClientConnection) -> dict[str, Any]:
    return json.loads(await asyncio.wait_for(socket.recv(), 20))


async def snapshot(socket: ClientConnection) -> dict[str, Any]:
    return (await receive(socket))["payload"]["data"]["dashboard"]


async def until_complete(socket: ClientConnection) -> list[dict[str, Any]]:
    messages = []
    while (message := await receive(socket))["type"] != "complete":
        messages.append(message)
    return messages


async def close_code(socket: ClientConnection) -> int | None:
    with suppress(ConnectionClosed):
        while True:
            await asyncio.wait_for(socket.recv(), 20)
    return socket.close_code
