"""GraphQL over HTTP: one request, one answer, with nothing between them but what is needed.

After the specification of the GraphQL foundation, https://graphql.github.io/graphql-over-http/.
"""

from collections.abc import Mapping

from starlette.types import Receive, Scope, Send
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from backend.schema.answer import Answer, answer_of, refusal_of
from backend.schema.asked import Asked, Refused, asked_by_address, asked_by_body
from backend.schema.context import Context
from backend.schema.definition import MusicSchema
from backend.schema.media import preferred
from backend.schema.other_pages import require_header
from backend.schema.persisted import PersistedDocuments
from backend.services.api_keys import identify_header
from backend.services.platform import Platform

Headers = Mapping[bytes, bytes]

ALLOWED = {
    "GET": frozenset({OperationType.QUERY}),
    "POST": frozenset({OperationType.QUERY, OperationType.MUTATION}),
}
"""A link changes nothing."""


class GraphQLOverHTTP:
    """The ``/graphql`` route.

    Parameters
    ----------
    schema : MusicSchema
        What is served.
    persisted : PersistedDocuments
        The documents that can be asked for by their hash.
    explorer : str or None
        Where browsers that open the address are sent.
    """

    def __init__(
        self, schema: MusicSchema, persisted: PersistedDocuments, *, explorer: str | None = None
    ) -> None:
        self._schema = schema
        self._persisted = persisted
        self._explorer = explorer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a refusal is JSON, too."""
        headers: Headers = dict(scope["headers"])
        try:
            answer = await self._answer(scope, headers, receive)
        except Exception as error:  # noqa: BLE001 - raised again unless it is a refusal
            answer = refusal_of(error)
        if answer is not None:
            await answer.send(send)

    async def _answer(self, scope: Scope, headers: Headers, receive: Receive) -> Answer | None:
        method: str = scope["method"]
        if method not in ALLOWED:
            raise Refused("GraphQL only supports GET and POST requests.", 405)
        platform: Platform = scope["state"]["platform"]
        if method == "GET":
            if _is_visit(scope, headers):
                return self._show()
            require_header(platform.settings, headers)
        context = await _context(platform, scope, headers)
        if method == "GET":
            asked = asked_by_address(scope["query_string"])
        else:
            body = await _body(receive)
            if body is None:
                return None
            asked = asked_by_body(headers.get(b"content-type", b""), body)
        result = await self._execute(method, asked, context)
        return answer_of(result, preferred(headers.get(b"accept", b"").decode("latin-1")))

    async def _execute(self, method: str, asked: Asked, context: Context) -> ExecutionResult:
        try:
            return await self._schema.execute(
                self._persisted.text(asked.query, asked.extensions),
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=ALLOWED[method],
            )
        except CannotGetOperationTypeError as error:
            raise Refused(error.as_http_error_reason()) from error
        except InvalidOperationTypeError as error:
            raise Refused(error.as_http_error_reason(method)) from error
        except MissingQueryError as error:
            raise Refused("The request holds no `query`.") from error

    def _show(self) -> Answer:
        """Send browsers to the explorer."""
        if self._explorer is None:
            raise Refused("There is no page here; send a query.", 404)
        return Answer(307, b"", headers=((b"location", self._explorer.encode()),))


async def _context(platform: Platform, scope: Scope, headers: Headers) -> Context:
    """Say who asks, and count the request."""
    authorization = headers.get(b"authorization")
    viewer = await identify_header(
        platform, None if authorization is None else authorization.decode("latin-1")
    )
    client = scope.get("client")
    context = Context(platform, viewer, address=client[0] if client else "")
    await context.admit()
    return context


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body; None when the client has gone."""
    message = await receive()
    if not message.get("more_body"):
        return message.get("body", b"") if message["type"] == "http.request" else None
    parts = [message.get("body", b"")]
    while message.get("more_body"):
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
    return b"".join(parts)


def _is_visit(scope: Scope, headers: Headers) -> bool:
    """Whether somebody has opened the address in a browser."""
    address: bytes = scope["query_string"]
    asks = b"query=" in address or b"extensions=" in address
    accept = headers.get(b"accept", b"")
    return not asks and (b"text/html" in accept or accept == b"*/*")
