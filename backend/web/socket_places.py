"""How many WebSockets one address may hold open."""

from contextlib import ExitStack

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
        websocket = WebSocket(scope, receive, send)
        address = websocket.client.host if websocket.client else ""
        with ExitStack() as place:
            try:
                place.enter_context(socket_of_address(websocket.state.platform, address))
            except LimitExceeded as problem:
                answer = JSONResponse({"detail": problem.message}, 429)
                await websocket.send_denial_response(answer)
                return
            await self.app(scope, receive, send)
