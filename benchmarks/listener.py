"""A subscriber that costs next to nothing, so that a thousand of them do not get in the way."""

import asyncio
import base64
import json
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

QUERY = """subscription($projectId: ID!, $after: String) {
  projectEvents(projectId: $projectId, after: $after) {
    id type stage progress message
  }
}"""
MARK = b'"message":"'
STALLED_BUFFER = 4096


class Listener(asyncio.Protocol):
    """One connection in ``graphql-transport-ws``; notes how late each event was.

    It finds events by the mark of their message, which is the time at which they were published.
    """

    def __init__(self, token: str, project_id: str, after: int) -> None:
        self.latencies: list[float] = []
        self.heard = asyncio.Event()
        self._rest = b""
        self._token = token
        self._variables = {"projectId": project_id, "after": str(after) if after else None}
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport: asyncio.Transport

    @classmethod
    @asynccontextmanager
    async def connected(
        cls, port: int, token: str, project_id: str, after: int
    ) -> AsyncIterator[Self]:
        """Connect, greet and subscribe."""
        listener = cls(token, project_id, after)
        transport, _ = await asyncio.get_running_loop().create_connection(
            lambda: listener, "127.0.0.1", port
        )
        await asyncio.wait_for(listener._ready, 20)
        try:
            yield listener
        finally:
            transport.abort()

    def stall(self) -> None:
        """Read nothing any more."""
        connection = self._transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, STALLED_BUFFER)
        self._transport.pause_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(
            b"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n"
            b"Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)) + b"\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        """Greet, then note what comes."""
        if not self._ready.done():
            self._greet(data)
            return
        now = time.monotonic()
        *events, self._rest = (self._rest + data).split(MARK)
        if events:
            for found in [*events[1:], self._rest]:
                self._note(found, now)

    def _note(self, found: bytes, now: float) -> None:
        stamp, quote, rest = found.partition(b'"')
        if quote:
            self.latencies.append(now - float(stamp))
            self.heard.set()
            self._rest = rest
        else:
            self._rest = MARK + found

    def _greet(self, data: bytes) -> None:
        if b"101 Switching" in data:
            self._send(type="connection_init", payload={"token": self._token})
        elif b"connection_ack" in data:
            payload = {"query": QUERY, "variables": self._variables}
            self._send(type="subscribe", id="1", payload=payload)
            self._ready.set_result(None)

    def _send(self, **message: object) -> None:
        """Send one masked text frame (RFC 6455 §5.2); a mask of zeros changes nothing."""
        text = json.dumps(message).encode()
        self._transport.write(b"\x81\xfe" + len(text).to_bytes(2, "big") + bytes(4) + text)
