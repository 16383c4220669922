"""The short way to a WebSocket says the same bytes, and keeps to the order."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from backend.launch import light_socket
from backend.launch.light_socket import Inbox, LightSocket, text_frame
from backend.schema.sockets import AT_ONCE


@given(st.one_of(st.text(max_size=300), st.sampled_from(["x" * 65_535, "é" * 40_000])))
def test_a_text_frame_is_what_the_library_writes(text: str) -> None:
    expected = Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
    assert text_frame(text.encode()) == expected


async def test_an_inbox_keeps_the_order_and_wakes_its_reader() -> None:
    inbox = Inbox()
    reading = asyncio.create_task(inbox.get())
    await asyncio.sleep(0)
    for number in range(3):
        inbox.put_nowait({"type": "websocket.receive", "text": str(number)})
    assert (await reading)["text"] == "0"
    assert not inbox.empty()
    assert [(await inbox.get())["text"] for _ in range(2)] == ["1", "2"]
    assert inbox.empty()


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Say everything twice; ``leave`` ends the connection."""
    assert scope["type"] == "websocket"
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        if message["text"] == "leave":
            await send({"type": "websocket.close", "code": 4400, "reason": "as you like"})
            return
        await send({"type": "websocket.send", "text": message["text"]})
        send_at_once = scope["extensions"][AT_ONCE]
        if not send_at_once(message["text"]):
            await send({"type": "websocket.send", "text": message["text"]})


@pytest.fixture
def address() -> Iterator[str]:
    with serving(uvicorn.Config(echo, ws=LightSocket, lifespan="off", log_config=None)) as port:
        yield f"ws://127.0.0.1:{port}"


@contextmanager
def serving(config: uvicorn.Config) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join(20)


async def test_long_and_short_messages_arrive_whole(address: str) -> None:
    async with connect(address) as connection:
        for text in ("", "short", "ö" * 500, "x" * 100_000):
            await connection.send(text)
            assert [await connection.recv() for _ in range(2)] == [text, text]


async def test_the_end_comes_with_its_code(address: str) -> None:
    async with connect(address) as connection:
        await connection.send("leave")
        with pytest.raises(ConnectionClosed) as closed:
            await connection.recv()
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4400, "as you like")


async def test_who_reads_late_gets_everything(address: str) -> None:
    async with connect(address, max_queue=2) as connection:
        text = "x" * 50_000
        sending = asyncio.create_task(send_many(connection, text))
        await asyncio.sleep(0.3)
        for _ in range(200):
            assert await connection.recv() == text
        await sending


async def send_many(connection, text: str) -> None:
    for _ in range(100):
        await connection.send(text)


@pytest.mark.parametrize(
    ("pings", "said"),
    [
        pytest.param(0.2, b"", id="answers no ping"),
        pytest.param(None, b"\x88\x82\x00\x00\x00\x00\x03\xe8", id="says that it leaves"),
    ],
)
async def test_who_reads_nothing_does_not_stay_for_ever(
    monkeypatch: pytest.MonkeyPatch, pings: float | None, said: bytes
) -> None:
    monkeypatch.setattr(light_socket, "LINGER_SECONDS", 0.1)
    stuck, left = threading.Event(), threading.Event()

    async def talk(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        send_at_once = scope["extensions"][AT_ONCE]
        for _ in range(10_000):
            if not send_at_once("x" * 100_000):
                break
        stuck.set()
        try:
            await send({"type": "websocket.send", "text": "more"})
        finally:
            left.set()

    config = uvicorn.Config(talk, ws=LightSocket, lifespan="off", log_config=None)
    config.ws_ping_interval = config.ws_ping_timeout = pings
    with serving(config) as port, socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(
            b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        assert await asyncio.to_thread(stuck.wait, 20)
        client.sendall(said)
        assert await asyncio.to_thread(left.wait, 20)
