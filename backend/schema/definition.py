"""The schema, put together."""

from collections.abc import Iterable
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry import UNSET
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.execution import ExecutionContext
from strawberry.types.field import StrawberryField
from strawberry.types.graphql import OperationType

from backend.schema.caches import parser_cache, validation_cache
from backend.schema.limits import document_rules, token_limit
from backend.schema.masking import MaskStreamedErrors, mask
from backend.schema.mutation import Mutation
from backend.schema.problems import PROBLEM_HANDLERS
from backend.schema.query import Query
from backend.schema.subscription import Subscription


class MusicSchema(strawberry.Schema):
    """Strawberry's schema with three differences.

    * An optional argument is simply optional: ``null`` is no default value worth printing.
    * Errors are logged where they are masked, with their id, and nowhere else.
    * One answer cannot hold a subscription: asking for one by an ordinary request is refused.
    """

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """Return the fields of a type, without defaults of ``null``."""
        fields = super().get_fields(type_definition)
        for field in fields:
            field.default_value = UNSET if field.default_value is None else field.default_value
            for argument in field.arguments:
                argument.default = UNSET if argument.default is None else argument.default
        return fields

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Leave errors to ``masking``."""

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: object = None,
        root_value: object = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Execute a query or a mutation."""
        result = await super().execute(
            query,
            variable_values,
            context_value,
            root_value,
            operation_name,
            set(allowed_operation_types or OperationType) - {OperationType.SUBSCRIPTION},
            operation_extensions,
        )
        mask(result)
        return result


schema = MusicSchema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    extensions=[token_limit, document_rules, parser_cache, validation_cache, MaskStreamedErrors],
    exception_handlers=PROBLEM_HANDLERS,
    config=StrawberryConfig(relay_max_results=100),
)
