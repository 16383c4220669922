"""Expected errors are shown with their code; everything else gets an id that the log has."""

import secrets
from collections.abc import Iterator

import structlog
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.schema.exceptions import InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import StreamExecutionResult

from backend.errors import MusicError, ServiceUnavailable
from backend.observability.metrics import FAILURES
from backend.schema.problems import as_graphql_error

log = structlog.get_logger(__name__)


class MaskStreamedErrors(SchemaExtension):
    """Lets nothing internal out of a stream; ``MusicSchema.execute`` does so for requests."""

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        """Mask one result before it is sent."""
        if isinstance(result, ExecutionResult):
            mask(result)
        yield


def mask(result: ExecutionResult) -> None:
    """Replace the errors of a result by what a client may see of them."""
    if result.errors:
        result.errors = [shown(error) for error in result.errors]


def shown(error: GraphQLError) -> GraphQLError:
    """Return what a client may see of an error.

    Parameters
    ----------
    error : GraphQLError
        As graphql-core or Strawberry made it.

    Returns
    -------
    GraphQLError
        The same if it is about the document or the variables; an expected problem with its code;
        otherwise a sentence and an id under which the log has the cause.
    """
    cause = error.original_error
    if isinstance(cause, ServiceUnavailable):
        log.warning("unavailable", path=error.path, exc_info=cause)
    if isinstance(cause, MusicError):
        return as_graphql_error(cause, error)
    if cause is None or isinstance(cause, GraphQLError):
        return error
    if isinstance(cause, InvalidOperationTypeError):
        return GraphQLError(f"{cause.as_http_error_reason('this protocol')}.".capitalize())
    error_id = secrets.token_hex(6)
    FAILURES.inc()
    log.error("unexpected error", error_id=error_id, path=error.path, exc_info=cause)
    return GraphQLError(
        f"Something went wrong on our side. Name the error {error_id} when you report it.",
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": "INTERNAL", "errorId": error_id},
    )
