"""Every request has an id; everything logged on its behalf carries it."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog

from backend.observability.metrics import SOCKETS, count_request
from backend.observability.tracing import span

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = b"x-request-id"
GOOD_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
LINK = re.compile(r"/(listen|shared)/[\w-]{8,}", re.ASCII)
"""A path with the token by which anybody hears a song."""
QUIET = frozenset({"/health", "/health/ready", "/metrics"})
"""Asked for every few seconds by machines."""

log = structlog.get_logger(__name__)


class RequestLog:
    """Gives each request its id, logs how it ended, and counts it.

    A well-formed ``X-Request-ID`` of the caller is kept, so that a request can be followed through
    several services.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        request_id = _request_id(scope)
        structlog.contextvars.bind_contextvars(request_id=request_id.decode())
        if scope["type"] == "http":
            await self._answer(scope, receive, send, request_id)
        else:
            await self._connect(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> None:
        status, start = 0, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, request_id)]
            await send(message)

        try:
            with span("request", method=scope["method"], path=told(scope["path"])):
                await self.app(scope, receive, noted)
        finally:
            seconds = time.perf_counter() - start
            say = log.debug if scope["path"] in QUIET else log.info
            milliseconds = round(seconds * 1000, 1)
            say(
                "request",
                method=scope["method"],
                path=told(scope["path"]),
                status=status,
                ms=milliseconds,
            )
            count_request(scope, status, seconds)

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = time.perf_counter()
        try:
            with SOCKETS.track_inprogress():
                await self.app(scope, receive, send)
        finally:
            seconds = round(time.perf_counter() - start, 1)
            log.info("connection ended", path=scope["path"], seconds=seconds)


def told(path: str) -> str:
    """Return a path as others may read it: without the token of a link."""
    return LINK.sub(r"/\1/…", path)


def _request_id(scope: Scope) -> bytes:
    given: bytes = dict(scope["headers"]).get(HEADER, b"")
    return given if GOOD_ID.fullmatch(given) else secrets.token_hex(8).encode()
