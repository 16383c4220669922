"""Subscriptions: over WebSocket, and as streams over HTTP."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)
from strawberry.types import ExecutionResult
from strawberry.types.unset import UnsetType

from backend.auth import Viewer
from backend.errors import NotAuthenticated
from backend.limits import Limits
from backend.schema.answer import nothing_executed, refusal_of
from backend.schema.asked import Refused, is_json
from backend.schema.connections import OlderConnection, TransportConnection
from backend.schema.context import Context
from backend.schema.definition import MusicSchema
from backend.schema.fan_out import SharedAnswers, SharesAnswers
from backend.schema.other_pages import require_header
from backend.schema.persisted import PersistedDocuments
from backend.schema.sockets import GraphQLSocket
from backend.services.admission import socket_of_user
from backend.services.api_keys import identify_header
from backend.services.platform import Platform
from backend.services.proof import until_it_ends

SOCKETS = (GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_WS_PROTOCOL)
STREAMS = ("graphql-sse", "multipart-subscription")


class GraphQLStreams(SharesAnswers, GraphQL[Context, None]):
    """The WebSocket of ``/graphql``, and ``/graphql/stream``.

    Parameters
    ----------
    schema : MusicSchema
        What is served.
    limits : Limits
        What one connection may hold.
    persisted : PersistedDocuments
        The documents that can be asked for by their hash.
    protocols : sequence of str
        How subscriptions are answered. Those over HTTP need an address of their own: whoever names
        their media types among others would get a stream for every query, too.
    """

    websocket_adapter_class = GraphQLSocket
    graphql_transport_ws_handler_class: type[BaseGraphQLTransportWSHandler[Context, None]] = (
        TransportConnection
    )
    graphql_ws_handler_class = OlderConnection

    def __init__(
        self,
        schema: MusicSchema,
        limits: Limits,
        persisted: PersistedDocuments,
        protocols: Sequence[str] = SOCKETS,
    ) -> None:
        super().__init__(
            schema,
            subscription_protocols=protocols,
            graphql_ide=None,
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=limits.max_operations_per_socket,
            allowed_origins=["*"],  # whoever mounts the route guards its origins
        )
        self.persisted = persisted
        self.answers = SharedAnswers(schema)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Say who asks; on a connection that is settled by its first message."""
        del response
        platform: Platform = request.state.platform
        address = request.client.host if request.client else ""
        if isinstance(request, WebSocket):
            header = request.state.authorization
            return Context(platform, None, remember=False, authorization=header, address=address)
        viewer = await identify_header(platform, request.headers.get("authorization"))
        context = Context(platform, viewer, address=address)
        await context.admit()
        request.state.viewer = viewer
        return context

    async def get_root_value(self, request: Request | WebSocket) -> None:
        """Return nothing: the root types have only resolvers."""

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """Read the token of ``connectionParams``, or else of the handshake.

        Raises
        ------
        ConnectionRejectionError
            If there is a token and it is not valid.
        LimitExceeded
            If the user has too many connections.
        """
        try:
            context.viewer = await identify_header(
                context.platform,
                _authorization(context.connection_params or {}) or context.authorization,
            )
        except NotAuthenticated as error:
            raise ConnectionRejectionError(
                {"message": error.message, "code": error.code}
            ) from error
        if context.viewer is not None:
            place = socket_of_user(context.platform, context.viewer)
            place.take()
            context.place = place
        return UnsetType()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with a stream, or hold a connection; a refusal is JSON."""
        if scope["type"] == "websocket":
            websocket = WebSocket(scope, receive, send)
            # read now: once a connection is accepted, its headers may be gone
            websocket.state.authorization = websocket.headers.get("authorization")
            await self.run(websocket)
            return
        try:
            _refuse_other_pages(scope)
            response = await self.run(Request(scope, receive))
        except HTTPException as error:
            await refusal_of(Refused(error.reason, error.status_code)).send(send)
        except Exception as error:  # noqa: BLE001 - raised again unless it is a refusal
            await refusal_of(error).send(send)
        else:
            await self._deliver(response, scope, receive, send)

    async def _deliver(
        self, response: Response, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Send a stream for as long as the key it was asked for with is good."""
        viewer: Viewer | None = scope["state"].get("viewer")
        if viewer is None or viewer.key_id is None:  # tokens expire within the stream
            await response(scope, receive, send)
            return
        delivering = asyncio.ensure_future(response(scope, receive, send))
        ending = asyncio.ensure_future(until_it_ends(scope["state"]["platform"], viewer))
        try:
            await asyncio.wait({delivering, ending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            revoked = ending.done() and not delivering.done()
            delivering.cancel()
            ending.cancel()
            await asyncio.gather(delivering, ending, return_exceptions=True)
        if revoked:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def parse_http_body(
        self, request: AsyncHTTPRequestAdapter
    ) -> GraphQLRequestData | list[GraphQLRequestData]:
        """Read the operation from a request."""
        data = await super().parse_http_body(request)
        if isinstance(data, list):
            return data
        if not isinstance(data.operation_name, str | None):
            raise HTTPException(400, "The GraphQL operation's `operationName` must be a string.")
        data.query = self.persisted.text(data.query, data.extensions)
        return data

    def parse_json(self, data: str | bytes) -> dict[str, Any] | list[Any]:
        """Read a body or a parameter."""
        value = super().parse_json(data)
        if not isinstance(value, dict | list):
            raise HTTPException(400, "A GraphQL request is a JSON object with a `query`.")
        return value

    def decode_json(self, data: str | bytes) -> object:
        """Read JSON; unlike the standard library's, deep nesting is an error and no crash."""
        return orjson.loads(data)

    def encode_json(self, data: object) -> bytes:
        """Write JSON."""
        return orjson.dumps(data)

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Leave ``data`` out when nothing was executed (GraphQL specification §7.1)."""
        response = await super().process_result(request, result)
        if nothing_executed(result):
            response.pop("data", None)
        return response


def _refuse_other_pages(scope: Scope) -> None:
    """Raise Refused for what a page of others may have caused, by GET or by a form."""
    platform: Platform = scope["state"]["platform"]
    headers: dict[bytes, bytes] = dict(scope["headers"])
    if scope["method"] == "GET":
        require_header(platform.settings, headers)
    elif scope["method"] == "POST" and not is_json(headers.get(b"content-type", b"")):
        raise Refused("Send the request as application/json.")


def _authorization(params: dict[str, Any]) -> str | None:
    """Return what ``connectionParams`` say about the viewer, in the form of the header."""
    for name, value in params.items():
        if isinstance(value, str) and value and name.lower() in {"authorization", "token"}:
            return value if value.lower().startswith("bearer ") else f"Bearer {value}"
    return None
