"""The schema, put together."""

from collections.abc import Iterable
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult
from strawberry.types.execution import ExecutionContext
from strawberry.types.graphql import OperationType

from backend.schema.caches import parser_cache, validation_cache
from backend.schema.limits import document_rules, token_limit
from backend.schema.masking import MaskErrors
from backend.schema.mutation import Mutation
from backend.schema.problems import PROBLEM_HANDLERS
from backend.schema.query import Query
from backend.schema.subscription import Subscription


class MusicSchema(strawberry.Schema):
    """Strawberry's schema with two differences.

    Errors are logged where they are masked, with their id, and nowhere else; and one answer cannot
    hold a subscription, so that asking for one by an ordinary request is refused.
    """

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Leave errors to ``MaskErrors``."""

    async def execute(
        self,
        query: str | None,
        *arguments: Any,  # noqa: ANN401 - passed on
        allowed_operation_types: Iterable[OperationType] | None = None,
        **named: Any,  # noqa: ANN401 - passed on
    ) -> ExecutionResult:
        """Execute a query or a mutation."""
        allowed = set(allowed_operation_types or OperationType) - {OperationType.SUBSCRIPTION}
        return await super().execute(
            query, *arguments, allowed_operation_types=allowed, **named
        )


schema = MusicSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    extensions=[token_limit, document_rules, parser_cache, validation_cache, MaskErrors],
    exception_handlers=PROBLEM_HANDLERS,
    config=StrawberryConfig(relay_max_results=100),
)
