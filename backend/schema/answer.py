"""Answers over HTTP, and the refusals that stand in for one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
from starlette.exceptions import HTTPException
from starlette.types import Send
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from backend.errors import MusicError, NotAuthenticated, RateLimited
from backend.schema.asked import Refused
from backend.schema.media import GRAPHQL_RESPONSE, JSON
from backend.schema.persisted import UnknownDocumentError
from backend.schema.problems import extensions_of


class Answer(NamedTuple):
    """A status, a body, and headers besides those that every body has."""

    status: int
    body: bytes
    content_type: str = JSON
    headers: tuple[tuple[bytes, bytes], ...] = ()

    async def send(self, send: Send) -> None:
        """Send it."""
        headers = [
            (b"content-type", self.content_type.encode()),
            (b"content-length", str(len(self.body)).encode()),
            *self.headers,
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def answer_of(result: ExecutionResult, media_type: str) -> Answer:
    """Return the answer with a result.

    When nothing was executed there is no ``data`` (GraphQL specification §7.1), and the newer media
    type says so with its status, too (GraphQL over HTTP §6.4).
    """
    body: dict[str, Any] = {} if nothing_executed(result) else {"data": result.data}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    if media_type == JSON:
        return Answer(200, orjson.dumps(body))
    status = 200 if "data" in body else 400
    return Answer(status, orjson.dumps(body), f"{GRAPHQL_RESPONSE}; charset=utf-8")


def nothing_executed(result: ExecutionResult) -> bool:
    """Whether no field was reached, as when a variable has the wrong type."""
    if isinstance(result, PreExecutionError):
        return True
    errors = result.errors or []
    return result.data is None and bool(errors) and errors[0].path is None


def refusal_of(error: Exception) -> Answer:
    """Return the answer to a request that was not executed; others are raised again."""
    match error:
        case NotAuthenticated():
            return _problem(error, 401, (b"www-authenticate", b"Bearer"))
        case RateLimited():
            seconds = str(error.retry_after_seconds).encode()
            return _problem(error, 429, (b"retry-after", seconds))
        case UnknownDocumentError():
            return _problem(error, 200)
        case MusicError():
            return _problem(error, 400)
        case Refused(status=405):
            return bad_request(error.message, 405)._replace(headers=((b"allow", b"GET, POST"),))
        case Refused():
            return bad_request(error.message, error.status)
        case HTTPException():
            return bad_request(error.detail, error.status_code)
    raise error


def bad_request(message: str, status: int) -> Answer:
    """Return a request error as GraphQL clients read it."""
    return _errors(status, message, {"code": "BAD_REQUEST"})


def _problem(error: MusicError, status: int, *headers: tuple[bytes, bytes]) -> Answer:
    return _errors(status, error.message, extensions_of(error))._replace(headers=headers)


def _errors(status: int, message: str, extensions: Mapping[str, object]) -> Answer:
    body = {"errors": [{"message": message, "extensions": extensions}]}
    return Answer(status, orjson.dumps(body))
