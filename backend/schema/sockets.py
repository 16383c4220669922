"""GraphQL over WebSocket: frames in and out, and who is connected.

Both sub-protocols are Strawberry's: ``graphql-transport-ws`` and the older ``graphql-ws``. Here
they get orjson, a frame limit, and a check of every message's shape, so that nothing a client sends
can end a handler with an exception.
"""

from collections.abc import AsyncGenerator, Mapping
from typing import Any, cast

import orjson
from starlette.websockets import WebSocketDisconnect, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import (
    NonJsonMessageReceived,
    NonTextMessageReceived,
    WebSocketDisconnected,
)

from backend.services.platform import Platform

AT_ONCE = "aimusic.send_at_once"
"""Extension of ASGI by which a server takes a text message outside of any task."""
TOO_BIG = 1009
"""Close code of RFC 6455 §7.4.1."""


class GraphQLSocket(ASGIWebSocketAdapter):
    """One connection."""

    async def iter_json(
        self, *, ignore_parsing_errors: bool = False
    ) -> AsyncGenerator[object, None]:
        """Yield the client's messages until it leaves.

        Parameters
        ----------
        ignore_parsing_errors : bool
            Whether to skip what is no message, as the older protocol does.

        Raises
        ------
        NonTextMessageReceived, NonJsonMessageReceived
            If a frame is no message.
        """
        while self.ws.application_state != WebSocketState.DISCONNECTED:
            try:
                message = await self._receive()
            except ValueError as error:
                if not ignore_parsing_errors:
                    raise NonJsonMessageReceived from error
                continue
            if message is None:
                return
            yield message
            message.clear()  # it would be kept until the next one comes, which may be hours

    async def _receive(self) -> dict[str, Any] | None:
        """Return the next message, or None when there is no more; ValueError if it is none."""
        try:
            text = await self.ws.receive_text()
        except WebSocketDisconnect:
            return None
        except KeyError as error:
            raise NonTextMessageReceived from error
        platform: Platform = self.ws.state.platform
        most = platform.settings.max_message_characters
        if len(text) > most:
            await self.ws.close(TOO_BIG, f"A message may have {most} characters")
            return None
        return _message(text)

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send one message.

        Raises
        ------
        WebSocketDisconnected
            If the client has gone.
        """
        await self.send_text(orjson.dumps(message).decode())

    async def send_text(self, text: str) -> None:
        """Send a message that is encoded already.

        Past Starlette's look at the order of messages, which costs as much as the rest: the server
        looks at it, too.

        Raises
        ------
        WebSocketDisconnected
            If the client has gone.
        """
        try:
            await self.ws._send({"type": "websocket.send", "text": text})
        except (OSError, RuntimeError) as error:
            raise WebSocketDisconnected from error

    def send_at_once(self, text: str) -> bool:
        """Send a message if that need not wait and the server can; return whether it was sent."""
        write = self.ws.scope["extensions"].get(AT_ONCE)
        return write is not None and write(text)

    async def close(self, code: int, reason: str) -> None:
        """Close the connection, if it is still open."""
        if self.ws.application_state == WebSocketState.CONNECTED:
            await self.ws.close(code, reason)


def _message(text: str) -> dict[str, Any]:
    """Read a frame; ValueError if it has not the shape that both protocols have in common."""
    message = orjson.loads(text)
    if not _is_message(message):
        raise ValueError("not a message of the protocol")
    return cast("dict[str, Any]", message)


def _is_message(message: object) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("id", ""), str):
        return False
    kind = message.get("type", "")
    if not isinstance(kind, str):
        return False
    return kind not in {"subscribe", "start"} or _is_operation(message.get("payload"))


def _is_operation(payload: object) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
    )
