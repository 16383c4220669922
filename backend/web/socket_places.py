"""How many WebSockets one address may hold open."""

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from backend.errors import LimitExceeded
from backend.services.admission import socket_of_address


class SocketPlaces:
    """Refuses a WebSocket with 429 when its address has too many."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on as long as there is a place."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else ""
        let_in = False
        try:
            with socket_of_address(scope["state"]["platform"], address):
                let_in = True
                await self.app(scope, receive, send)
        except LimitExceeded as problem:
            if let_in:
                raise
            answer = JSONResponse({"detail": problem.message}, 429)
            await WebSocket(scope, receive, send).send_denial_response(answer)
