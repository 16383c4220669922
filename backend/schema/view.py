"""GraphQL over HTTP (the specification of the GraphQL foundation) and over WebSocket."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.exceptions import HTTPException as Refused
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
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
from strawberry.types.execution import PreExecutionError
from strawberry.types.unset import UnsetType

from backend.errors import MusicError, NotAuthenticated, RateLimited
from backend.limits import Limits
from backend.schema.connections import OlderConnection, TransportConnection
from backend.schema.context import Context
from backend.schema.definition import MusicSchema
from backend.schema.fan_out import SharedAnswers, SharesAnswers
from backend.schema.media import GRAPHQL_RESPONSE, JSON, preferred
from backend.schema.persisted import PersistedDocuments, UnknownDocumentError, WrongHashError
from backend.schema.problems import extensions_of
from backend.schema.sockets import GraphQLSocket
from backend.services.admission import socket_of_user
from backend.services.api_keys import identify_header

SOCKETS = (GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_WS_PROTOCOL)
STREAMS = ("graphql-sse", "multipart-subscription")


class GraphQLView(SharesAnswers, GraphQL[Context, None]):
    """The ``/graphql`` route.

    Parameters
    ----------
    schema : MusicSchema
        What is served.
    limits : Limits
        What one connection may hold.
    persisted : PersistedDocuments
        The documents that can be asked for by their hash.
    explorer : str or None
        Where browsers that open the address are sent.
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
        *,
        explorer: str | None = None,
        protocols: Sequence[str] = SOCKETS,
    ) -> None:
        super().__init__(
            schema,
            subscription_protocols=protocols,
            graphql_ide="graphiql" if explorer else None,
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=limits.max_operations_per_socket,
            allowed_origins=["*"],  # whoever mounts the route guards its origins
        )
        self.explorer = explorer
        self.persisted = persisted
        self.answers = SharedAnswers(schema)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Say who asks; on a connection that is settled by its first message."""
        del response
        platform, header = request.state.platform, request.headers.get("authorization")
        address = request.client.host if request.client else ""
        if isinstance(request, WebSocket):
            return Context(platform, None, remember=False, authorization=header, address=address)
        viewer = await identify_header(platform, header)
        context = Context(platform, viewer, address=address)
        await context.admit()
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
            context.places.enter_context(socket_of_user(context.platform, context.viewer))
        return UnsetType()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or hold a connection."""
        if scope["type"] == "websocket":
            await self.run(WebSocket(scope, receive, send))
            return
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        """Run a request; a refusal is JSON, too."""
        try:
            return await self.run(request)
        except NotAuthenticated as error:
            return refusal(error, 401)
        except UnknownDocumentError as error:
            return refusal(error, 200)
        except WrongHashError as error:
            return refusal(error, 400)
        except RateLimited as error:
            return refusal(error, 429, {"Retry-After": str(error.retry_after_seconds)})
        except HTTPException as error:
            return bad_request(error.reason, error.status_code)
        except Refused as error:
            return bad_request(error.detail, error.status_code)

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
        if isinstance(result, PreExecutionError) or _refused(result):
            response.pop("data", None)
        return response

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Settle the media type that the client prefers."""
        response = await super().get_sub_response(request)
        response.media_type = preferred(request.headers.get("accept"))
        return response

    def create_response(
        self,
        response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse],
        sub_response: Response,
    ) -> Response:
        """Answer with 400 when nothing was executed, if the client knows the newer media type."""
        if sub_response.media_type == JSON:
            return super().create_response(response_data, sub_response)
        if "data" not in response_data and not sub_response.status_code:
            sub_response.status_code = 400
        response = super().create_response(response_data, sub_response)
        response.headers["content-type"] = f"{GRAPHQL_RESPONSE}; charset=utf-8"
        return response

    async def render_graphql_ide(self, request: Request) -> Response:
        """Send browsers to the explorer."""
        del request
        return RedirectResponse(self.explorer or "/")


def refusal(error: MusicError, status: int, headers: dict[str, str] | None = None) -> Response:
    """Return an expected problem that kept a request from being read."""
    body = {"errors": [{"message": error.message, "extensions": extensions_of(error)}]}
    return Response(orjson.dumps(body), status, headers, media_type=JSON)


def bad_request(message: str, status: int) -> Response:
    """Return a request error as GraphQL clients read it."""
    body = {"errors": [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]}
    return Response(orjson.dumps(body), status, media_type=JSON)


def _authorization(params: dict[str, Any]) -> str | None:
    """Return what ``connectionParams`` say about the viewer, in the form of the header."""
    for name, value in params.items():
        if isinstance(value, str) and value and name.lower() in {"authorization", "token"}:
            return value if value.lower().startswith("bearer ") else f"Bearer {value}"
    return None


def _refused(result: ExecutionResult) -> bool:
    """Whether no field was reached, as when a variable has the wrong type."""
    errors: Sequence[Any] = result.errors or ()
    return result.data is None and bool(errors) and errors[0].path is None
