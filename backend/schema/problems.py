"""The error tree of the product as GraphQL: the only place where the two meet.

A mutation that can fail in an expected way returns a union, and the problem is one of its members;
``LimitExceeded`` is one of every mutation's, as any can have a rate. Where a field has no such
union, the same problem is an ordinary GraphQL error whose ``code`` stands in its extensions.
"""

from typing import Any, ClassVar, Self

import strawberry
from graphql import GraphQLError
from strawberry.types.field import StrawberryField

from backend import errors
from backend.schema.described import interface, object_type


@interface
class Problem:
    """Something expected went wrong; `message` can be shown to a person."""

    error_class: ClassVar[type[errors.MusicError]]

    message: str = strawberry.field(description="What was wrong and what would be accepted.")
    code: str = strawberry.field(description="The kind of problem, stable for programs.")

    @classmethod
    def from_error(cls, error: Any) -> Self:  # noqa: ANN401 - of error_class
        """Make the problem of an error."""
        return cls(message=error.message, code=error.code)


@object_type
class InvalidInput(Problem):
    """What was wrong, on which field, and what would be accepted."""

    error_class = errors.InvalidInput

    field: str | None = strawberry.field(
        description="The field at fault as a path within the input, such as `style.tempoBpm`; "
        "null if it is the input as a whole."
    )

    @classmethod
    def from_error(cls, error: errors.InvalidInput) -> Self:
        """Make the problem of an error."""
        return cls(message=error.message, code=error.code, field=error.field)


@object_type
class LimitExceeded(Problem):
    """Too much at once."""

    error_class = errors.LimitExceeded

    retry_after_seconds: int | None = strawberry.field(
        description="When trying again makes sense; null if time alone does not help."
    )

    @classmethod
    def from_error(cls, error: errors.LimitExceeded) -> Self:
        """Make the problem of an error."""
        retry = error.retry_after_seconds
        return cls(message=error.message, code=error.code, retry_after_seconds=retry)


@object_type
class NotFound(Problem):
    """It does not exist, or it belongs to somebody else."""

    error_class = errors.NotFound


@object_type
class Conflict(Problem):
    """The action does not fit the present state, such as cancelling a finished project."""

    error_class = errors.Conflict


@object_type
class NotAuthenticated(Problem):
    """What was shown proves nothing, or nothing any more; sign in again."""

    error_class = errors.NotAuthenticated


PROBLEMS: tuple[type[Problem], ...] = (
    InvalidInput,
    LimitExceeded,
    NotFound,
    Conflict,
    NotAuthenticated,
)


class ProblemHandler:
    """Turns an error that a resolver raised into the member of the field's union.

    Parameters
    ----------
    problem : type of Problem
        The member; its ``error_class`` is what it is made of.
    """

    def __init__(self, problem: type[Problem]) -> None:
        self.exception_type = problem.error_class
        self.error_type = problem

    def handle(
        self, exception: errors.MusicError, *, field: StrawberryField, info: strawberry.Info
    ) -> Problem:
        """Return the problem."""
        del field, info
        return self.error_type.from_error(exception)


PROBLEM_HANDLERS = tuple(ProblemHandler(problem) for problem in PROBLEMS)


def as_graphql_error(error: errors.MusicError, located: GraphQLError) -> GraphQLError:
    """Show an expected error that no union took.

    Parameters
    ----------
    error : MusicError
        What was raised.
    located : GraphQLError
        What graphql-core made of it; knows the place in the document.

    Returns
    -------
    GraphQLError
        With ``code``, and ``field`` and ``retryAfterSeconds`` where they apply, in its extensions.
    """
    return GraphQLError(
        error.message,
        nodes=located.nodes,
        source=located.source,
        positions=located.positions,
        path=located.path,
        extensions=extensions_of(error),
    )


def extensions_of(error: errors.MusicError) -> dict[str, object]:
    """Return what programs read of an expected error."""
    details = {
        "code": error.code,
        "field": error.field,
        "retryAfterSeconds": getattr(error, "retry_after_seconds", None),
    }
    return {name: value for name, value in details.items() if value is not None}
