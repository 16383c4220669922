"""Which pages may open a WebSocket."""

import pytest
from starlette.types import Message, Receive, Scope, Send

from backend.web.origins import SocketOrigins


async def may_pass(origin: str | None, *, host: str, allowed: tuple[str, ...] = ()) -> bool:
    passed: list[Scope] = []
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        passed.append(scope)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", host.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    await SocketOrigins(app, allowed)({"type": "websocket", "headers": headers}, receive, send)
    assert bool(passed) != bool(sent)
    return bool(passed)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (None, "music.example"),
        ("https://music.example", "music.example"),
        ("https://music.example:443", "music.example"),
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://MUSIC.example", "music.example:80"),
    ],
)
async def test_programs_and_own_pages_may(origin: str | None, host: str) -> None:
    assert await may_pass(origin, host=host)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://music.example:8000", "https://music.example.evil", "null", "",
     "https://music.example:port", "http://[", "https://music.example@evil.example"],
)  # fmt: skip
async def test_other_pages_may_not(origin: str) -> None:
    assert not await may_pass(origin, host="music.example")


async def test_allowed_pages_may() -> None:
    allowed = ("https://studio.example",)
    assert await may_pass("https://studio.example", host="api.example", allowed=allowed)
    assert not await may_pass("https://other.example", host="api.example", allowed=allowed)
    assert await may_pass("https://other.example", host="api.example", allowed=("*",))
