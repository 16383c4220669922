"""What one WebSocket may do, in both sub-protocols: how many, how often, how long."""

import asyncio
from contextlib import suppress

import orjson
from strawberry.http.async_base_view import AsyncWebSocketAdapter
from strawberry.http.exceptions import WebSocketDisconnected
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    SubscribeMessage,
)
from strawberry.subscriptions.protocols.graphql_ws import types as older
from strawberry.subscriptions.protocols.graphql_ws.handlers import BaseGraphQLWSHandler

from backend.auth import Viewer
from backend.errors import LimitExceeded
from backend.schema.context import Context
from backend.schema.fan_out import SharesAnswers, Subscription
from backend.schema.problems import extensions_of
from backend.schema.sockets import GraphQLSocket
from backend.services.proof import until_it_ends

FORBIDDEN = 4403
"""The token has expired or the key is revoked: clients connect again, with a new one."""
TOO_MANY = 4429


class TransportConnection(BaseGraphQLTransportWSHandler[Context, None]):
    """One connection in ``graphql-transport-ws``."""

    async def handle(self) -> None:
        """Hold the connection until it ends."""
        try:
            await super().handle()
        finally:
            await leave(self.context)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Let a user in, if there is a place."""
        try:
            await super().handle_connection_init(message)
        except LimitExceeded as problem:
            await self.websocket.close(TOO_MANY, problem.message)
            return
        self.connection_init_timeout_task = None  # with all that hangs on it
        close_with_the_proof(self.context, self.websocket)

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Run an operation; watching a project shares its work with all who watch alike."""
        if isinstance(self.view, SharesAnswers) and isinstance(self.websocket, GraphQLSocket):
            subscription = self.view.answers.subscription(
                operation.query, operation.operation_name, operation.variables or {}, self.context
            )
            if subscription is not None:
                operation.query, operation.variables = (
                    "",
                    None,
                )  # its answers have them once for all
                await self._watch(self.websocket, operation, subscription)
                return
        await super().run_operation(operation)

    async def _watch(
        self,
        socket: GraphQLSocket,
        operation: Operation[Context, None],
        subscription: Subscription,
    ) -> None:
        """Send what one subscriber is to see, and complete."""
        head = f'{{"id":{orjson.dumps(operation.id).decode()},"type":"next","payload":'

        async def send(payload: str) -> None:
            await socket.send_text(f"{head}{payload}}}")

        def send_at_once(payload: str) -> bool:
            return socket.send_at_once(f"{head}{payload}}}")

        with suppress(WebSocketDisconnected):
            await subscription.deliver(send, send_at_once)
            await operation.send_operation_message({"id": operation.id, "type": "complete"})

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Begin an operation, if there were not too many."""
        try:
            await self.context.admit()
        except LimitExceeded as problem:
            payload = [{"message": problem.message, "extensions": extensions_of(problem)}]
            await self.websocket.send_json(
                {"id": message["id"], "type": "error", "payload": payload}
            )
            return
        await super().handle_subscribe(message)


class OlderConnection(BaseGraphQLWSHandler[Context, None]):
    """One connection in ``graphql-ws``."""

    async def handle(self) -> None:
        """Hold the connection until it ends."""
        try:
            await super().handle()
        finally:
            await leave(self.context)

    async def handle_connection_init(self, message: older.ConnectionInitMessage) -> None:
        """Let a user in, if there is a place; they say once who they are."""
        if self.connection_acknowledged:
            await self.websocket.close(TOO_MANY, "Too many initialisation requests")
            return
        try:
            await super().handle_connection_init(message)
        except LimitExceeded as problem:
            await self.send_message(
                {"type": "connection_error", "payload": {"message": problem.message}}
            )
            await self.websocket.close(TOO_MANY, problem.message)
            return
        close_with_the_proof(self.context, self.websocket)

    async def handle_start(self, message: older.StartMessage) -> None:
        """Begin an operation, if there were not too many."""
        try:
            await self.context.admit()
        except LimitExceeded as problem:
            payload = {"message": problem.message, "extensions": extensions_of(problem)}
            await self.websocket.send_json(
                {"id": message["id"], "type": "error", "payload": payload}
            )
            return
        await super().handle_start(message)


async def leave(context: Context) -> None:
    """Give back what a connection has taken."""
    if context.place is not None:
        context.place.leave()
    if context.ending is not None:
        context.ending.cancel()
    if isinstance(context.ending, asyncio.Task):
        with suppress(asyncio.CancelledError):
            await context.ending


def close_with_the_proof(context: Context, websocket: AsyncWebSocketAdapter) -> None:
    """Close a connection when its token expires or its key is revoked.

    Until there is something to do it is a timer: a task takes ten times as much memory.
    """
    viewer = context.viewer
    if viewer is None or context.ending is not None:
        return
    seconds = 0.0 if viewer.key_id is not None else viewer.seconds_left
    if seconds is not None:
        loop = asyncio.get_running_loop()
        context.ending = loop.call_later(seconds, _begin_to_end, context, viewer, websocket)


def _begin_to_end(context: Context, viewer: Viewer, websocket: AsyncWebSocketAdapter) -> None:
    async def close() -> None:
        with suppress(asyncio.CancelledError):
            await websocket.close(FORBIDDEN, await until_it_ends(context.platform, viewer))

    context.ending = asyncio.create_task(close(), name="end of a proof")
