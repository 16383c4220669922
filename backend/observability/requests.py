"""Every request has an id; everything logged on its behalf carries it."""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = b"x-request-id"
GOOD_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
QUIET = frozenset({"/health", "/health/ready", "/metrics"})
"""Asked for every few seconds by machines."""

log = structlog.get_logger(__name__)


class RequestLog:
    """Gives each request its id and logs how it ended.

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
        with structlog.contextvars.bound_contextvars(request_id=request_id.decode()):
            await self._follow(scope, receive, send, request_id)

    async def _follow(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> None:
        status, start = 0, time.perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, request_id)]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            say = log.debug if scope["path"] in QUIET else log.info
            milliseconds = round((time.perf_counter() - start) * 1000, 1)
            say(
                "connection ended" if scope["type"] == "websocket" else "request",
                method=scope.get("method", "WS"),
                path=scope["path"],
                status=status or None,
                ms=milliseconds,
            )


def _request_id(scope: Scope) -> bytes:
    given: bytes = dict(scope["headers"]).get(HEADER, b"")
    return given if GOOD_ID.fullmatch(given) else secrets.token_hex(8).encode()
