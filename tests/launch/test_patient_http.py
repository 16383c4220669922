"""Requests that do not come to an end are not waited for; all others are."""

import asyncio
import socket
from contextvars import ContextVar
from pathlib import Path

import pytest
import uvicorn
from websockets.asyncio.client import connect

from backend.launch import patient_http
from backend.launch.api import configuration
from backend.launch.patient_http import PatientHttp
from backend.settings import Settings
from tests.fixtures.engine import until

WAITING = 0.3
STARTS = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow",
    "half a body": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
    "half a second request": b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
}


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch):
    """Serve, patient for a moment only."""
    monkeypatch.setattr(patient_http, "HEAD_SECONDS", WAITING)
    monkeypatch.setattr(patient_http, "BODY_SECONDS", WAITING)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(answer, http=PatientHttp, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))

    async def started() -> bool:
        return server.started

    await until(started)
    yield listener.getsockname()[1]
    server.should_exit = True
    await serving


async def answer(scope, receive, send) -> None:
    message = await receive()
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": (await receive())["text"]})
        await receive()
        return
    while message.get("more_body"):
        message = await receive()
    await asyncio.sleep(2 * WAITING)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"done"})


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS.keys())
async def test_what_does_not_end_is_closed(port: int, start: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    assert await asyncio.wait_for(reader.read(), 10) is not None, "the end of the connection"
    writer.close()


async def test_an_answer_may_take_longer_than_a_request(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"
    )
    assert (await asyncio.wait_for(reader.read(), 10)).endswith(b"done\r\n0\r\n\r\n")
    writer.close()


async def test_a_websocket_may_be_silent(port: int) -> None:
    async with connect(f"ws://127.0.0.1:{port}") as opened:
        await asyncio.sleep(3 * WAITING)
        await opened.send("still here")
        assert await opened.recv() == "still here"


async def test_requests_that_come_at_once_share_no_context(tmp_path: Path) -> None:
    """The second one's task is begun within the first one's."""
    said: ContextVar[str] = ContextVar("said", default="nothing")

    async def note(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        heard = said.get()
        said.set("something")
        await send({"type": "http.response.body", "body": heard.encode()})

    config = configuration(Settings(_env_file=None, data_dir=tmp_path))
    config.app, config.lifespan = note, "off"
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    request = b"GET / HTTP/1.1\r\nHost: x\r\n"
    writer.write(request + b"\r\n" + request + b"Connection: close\r\n\r\n")
    answers = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    server.should_exit = True
    await serving
    assert answers.count(b"nothing") == 2
