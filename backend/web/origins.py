"""Which pages may open a WebSocket.

Browsers let any page open one to any server; the server has to look at ``Origin`` itself
(RFC 6455 §10.2). Requests without it come from no browser.
"""

from collections.abc import Awaitable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

DEFAULT_PORTS = {"http": 80, "https": 443}


class SocketOrigins:
    """Refuses WebSockets from the pages of others with 403.

    Parameters
    ----------
    app : ASGIApp
        What is guarded.
    allowed : tuple of str
        Other origins that may connect; ``*`` lets every page in.
    """

    def __init__(self, app: ASGIApp, allowed: tuple[str, ...]) -> None:
        self.app = app
        self.allowed = allowed

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass on what may pass."""
        if scope["type"] == "websocket" and not self._may_pass(Headers(scope=scope)):
            return send({"type": "websocket.close", "code": 1008, "reason": "Origin not allowed"})
        return self.app(scope, receive, send)

    def _may_pass(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None or "*" in self.allowed or origin.rstrip("/") in self.allowed:
            return True
        return _is_same(origin, headers.get("host", ""))


def _is_same(origin: str, host: str) -> bool:
    """Whether a page comes from the host it connects to."""
    try:
        page = urlsplit(origin)
        server = urlsplit(f"{page.scheme}://{host}")
        ports = page.port, server.port
    except ValueError:
        return False
    default = DEFAULT_PORTS.get(page.scheme)
    same_port = (ports[0] or default) == (ports[1] or default)
    return page.hostname is not None and page.hostname == server.hostname and same_port
