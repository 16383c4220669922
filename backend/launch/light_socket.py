"""WebSockets that cost little: one process holds thousands, and sends each the same few bytes.

Uvicorn's own protocol does the work; here a text message takes a shorter way, and what only the
handshake needed is let go of afterwards.
"""

import asyncio
import struct
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, cast

from uvicorn.config import Config
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame
from websockets.protocol import OPEN

from backend.schema.sockets import AT_ONCE

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveEvent, ASGISendEvent

LINGER_SECONDS = 5.0
"""How long a client that is being left has to take what it was sent before."""
TEXT = 0x81
"""First byte of a text message in one frame (RFC 6455 §5.2)."""


class Inbox(asyncio.Queue["ASGIReceiveEvent"]):
    """What the client has sent and the application has not asked for yet.

    Takes a tenth of the memory of the queue it stands for, which has four deques. For one reader.
    """

    def __init__(self) -> None:  # takes the place of what would make them
        self._waiting: list[ASGIReceiveEvent] = []
        self._waiter: asyncio.Future[None] | None = None

    def put_nowait(self, item: "ASGIReceiveEvent") -> None:
        """Take something in."""
        self._waiting.append(item)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    async def get(self) -> "ASGIReceiveEvent":
        """Wait for the next."""
        while not self._waiting:
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        return self._waiting.pop(0)


class Flow(asyncio.Event):
    """Whether the client reads; an event like any other, without a deque for those who wait."""

    _waiters: Any

    def __init__(self) -> None:  # takes the place of what would make it
        self._waiters = []
        self._value = True


class LightSocket(WebSocketsSansIOProtocol):
    """One connection; hand the class to uvicorn as ``ws``."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.queue = Inbox()
        self.writable = Flow()

    def run_asgi(self) -> Coroutine[Any, Any, None]:
        """Serve the connection; offer what ASGI has no message for."""
        cast("dict[str, Any]", self.scope["extensions"])[AT_ONCE] = self.send_at_once
        return super().run_asgi()

    def send_at_once(self, text: str) -> bool:
        """Send a text message, unless the client does not read; return whether it was sent."""
        if not self._flows:
            return False
        self.transport.write(text_frame(text.encode()))
        return True

    async def send(self, message: "ASGISendEvent") -> None:
        """Send what the application says."""
        if message["type"] == "websocket.send":
            text = message.get("text")
            if text is not None and self.send_at_once(text):
                return
        await super().send(message)
        if message["type"] == "websocket.accept":
            self.request.headers.clear()
            self.response.headers.clear()
            self.scope["headers"].clear()  # type: ignore[attr-defined]  # it is uvicorn's own list

    def keepalive_timeout(self) -> None:
        """Leave a client that does not answer."""
        super().keepalive_timeout()
        self._leave()

    def handle_close(self, event: Frame) -> None:
        """Leave a client that leaves."""
        super().handle_close(event)
        self._leave()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """Leave a client with which the application will not speak any more."""
        super().on_task_complete(task)
        self._leave()

    def _leave(self) -> None:
        """End the connection soon: one who reads nothing would hold it for ever."""
        if not self.disconnected:
            self.loop.call_later(LINGER_SECONDS, self.transport.abort)

    @property
    def _flows(self) -> bool:
        """Whether the client reads and nobody has begun to close."""
        return (
            self.conn.state is OPEN
            and not self.close_sent
            and not self.transport.is_closing()
            and self.writable.is_set()
        )


def text_frame(data: bytes) -> bytes:
    """Return a text message as a server sends it: in one frame, unmasked (RFC 6455 §5.2)."""
    length = len(data)
    if length < 126:
        return struct.pack("!BB", TEXT, length) + data
    if length < 1 << 16:
        return struct.pack("!BBH", TEXT, 126, length) + data
    return struct.pack("!BBQ", TEXT, 127, length) + data
