"""The ``/ws`` route: frames in, and the end of a connection."""

import asyncio

from starlette.websockets import WebSocket

from backend.auth import Viewer
from backend.auth.credentials import development_viewer
from backend.compat.messages import error
from backend.compat.session import POLICY, Session
from backend.errors import NotAuthenticated
from backend.services.api_keys import identify, identify_header
from backend.services.platform import Platform

ANONYMOUS_SECONDS = 60
"""A connection that has not said who it is by then is closed."""
TOO_BIG = 1009
"""Close code of RFC 6455 §7.4.1."""


async def serve(websocket: WebSocket) -> None:
    """Hold one connection until the client leaves.

    Clients that do not answer the server's pings are dropped by the server.
    """
    platform, header = websocket.state.platform, websocket.headers.get("authorization")
    await websocket.accept()  # after which the headers may be gone
    session = Session(websocket, platform, None)
    try:
        session.welcome(await _viewer(platform, websocket, header))
    except NotAuthenticated as problem:
        await session.send(error(problem.code, problem.message))
    try:
        await _listen(websocket, session)
    finally:
        await session.close()


async def _listen(websocket: WebSocket, session: Session) -> None:
    most = websocket.state.platform.settings.max_message_characters
    while True:
        try:
            limit = None if session.viewer else ANONYMOUS_SECONDS
            message = await asyncio.wait_for(websocket.receive(), limit)
        except TimeoutError:
            await websocket.close(POLICY, "No token came.")
            return
        if message["type"] == "websocket.disconnect":
            return
        frame = message.get("text")
        if frame is None:
            await session.send(error("INVALID_MESSAGE", "Messages are text, not binary."))
        elif len(frame) > most:
            await websocket.close(TOO_BIG, f"A message may have {most} characters.")
            return
        else:
            await session.take(frame)


async def _viewer(platform: Platform, websocket: WebSocket, header: str | None) -> Viewer | None:
    """Return who is connected, by query, header or the open door of development."""
    token = websocket.query_params.get("token")
    if token:
        return await identify(platform, token)
    viewer = await identify_header(platform, header)
    return viewer or development_viewer(platform.settings)
