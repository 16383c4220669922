"""The schema, put together."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from inspect import isawaitable
from typing import Any, TypeGuard, cast

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    execute,
    get_operation_ast,
)
from strawberry import UNSET
from strawberry.exceptions import MissingQueryError
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.execution import ExecutionContext, PreExecutionError
from strawberry.types.field import StrawberryField
from strawberry.types.graphql import OperationType

from backend.errors import ConfigurationError
from backend.limits import Limits
from backend.observability.metrics import RESOLVERS
from backend.schema.context import Context
from backend.schema.documents import CheckedStream, Documents, concealed
from backend.schema.masking import MaskStreamedErrors, mask
from backend.schema.mutation import Mutation
from backend.schema.plain_fields import PlainFieldsFirst, note_plain_fields
from backend.schema.planning import Planner
from backend.schema.plans import Plan
from backend.schema.problems import PROBLEM_HANDLERS
from backend.schema.query import Query
from backend.schema.remembered import remembered
from backend.schema.subscription import Subscription
from backend.schema.trusted import TrustedDocuments

IsAwaitable = Callable[[Any], TypeGuard[Awaitable[Any]]]

IN_ONE_ANSWER = frozenset(OperationType) - {OperationType.SUBSCRIPTION}


class MusicSchema(strawberry.Schema):
    """Strawberry's schema with four differences.

    * An optional argument is simply optional: ``null`` is no default value worth printing.
    * Errors are logged where they are masked, with their id, and nowhere else.
    * One answer cannot hold a subscription: asking for one by an ordinary request is refused.
    * Queries follow their plan; whatever has none, or leaves it, goes straight from the remembered
      document to graphql-core, within a time limit.

    Parameters
    ----------
    limits : Limits
        What a document may ask for.
    hide_names : bool
        Whether neither introspection nor suggestions tell what there is.
    trusted : TrustedDocuments or None
        The only documents that are executed; any if not given.

    Raises
    ------
    ConfigurationError
        If there is a rate for a mutation that does not exist.
    """

    def __init__(
        self, limits: Limits, *, hide_names: bool = False, trusted: TrustedDocuments | None = None
    ) -> None:
        super().__init__(
            query=Query,
            mutation=Mutation,
            subscription=Subscription,
            extensions=[self._checked_stream, MaskStreamedErrors],
            execution_context_class=PlainFieldsFirst,
            exception_handlers=PROBLEM_HANDLERS,
            config=StrawberryConfig(relay_max_results=100),
        )
        note_plain_fields(self._schema)
        require_known_mutations(self._schema, limits)
        self._limits = limits
        self._hide_names = hide_names
        self.documents = Documents(self._schema, limits, hide_names=hide_names, trusted=trusted)
        self.plan = remembered(self._make_plan)
        self._first_field = remembered(self._name_of_first_field)

    def _checked_stream(self) -> CheckedStream:
        return CheckedStream(self.documents, self._limits.max_query_tokens)

    def _get_custom_context_kwargs(
        self, operation_extensions: dict[str, Any] | None = None, *, sync: bool = False
    ) -> dict[str, Any]:
        """Let streams hide suggestions, too."""
        arguments = super()._get_custom_context_kwargs(operation_extensions, sync=sync)
        return {**arguments, "hide_suggestions": self._hide_names}

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
        """Execute a query or a mutation.

        Raises
        ------
        MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError
            If there is no operation that may be executed.
        """
        try:
            document = self._allowed(query, operation_name, allowed_operation_types)
        except GraphQLError as error:
            return PreExecutionError(data=None, errors=[error])
        if problems := self.documents.problems(query or "", operation_name, variable_values):
            return PreExecutionError(data=None, errors=list(problems))
        began = time.perf_counter()
        try:
            data = await self._planned(query or "", operation_name, context_value, variable_values)
            if data is not None:
                return ExecutionResult(data=data, errors=None)
            execution = execute(
                self._schema,
                document,
                root_value=root_value,
                context_value=context_value,
                variable_values=variable_values,
                operation_name=operation_name,
                executor_class=self.execution_context_class,
                is_awaitable=cast("IsAwaitable", optimized_is_awaitable),
                hide_suggestions=self._hide_names,
                operation_extensions=operation_extensions,
            )
            async with asyncio.timeout(self._limits.max_query_seconds):
                result = await execution if isawaitable(execution) else execution
        except TimeoutError:
            return self._too_slow()
        finally:
            seconds = time.perf_counter() - began
            RESOLVERS.labels(self._first_field(query or "", operation_name)).observe(seconds)
        answer = ExecutionResult(data=result.data, errors=result.errors)
        if self._hide_names and answer.data is None and answer.errors:
            answer.errors = self._concealed(answer.errors, query or "", variable_values)
        mask(answer)
        return answer

    async def _planned(
        self, text: str, name: str | None, context: object, variables: dict[str, Any] | None
    ) -> dict[str, Any] | None:
        """Return the data of a query that has a plan and keeps to it; None for any other."""
        plan = self.plan(text, name)
        if plan is None:
            return None
        try:
            data, run = plan.begin(cast("Context", context), variables or {})
            if run.later:
                async with asyncio.timeout(self._limits.max_query_seconds):
                    await run.finish()
        except TimeoutError:
            raise
        except Exception:  # noqa: BLE001 - it comes again where graphql-core executes
            return None
        return data

    def _name_of_first_field(self, text: str, name: str | None) -> str:
        """Return how the time of a document that is in order is told."""
        operation = get_operation_ast(self.documents.parsed(text), name)
        first = operation.selection_set.selections[0] if operation else None
        return first.name.value if isinstance(first, FieldNode) else "several"

    def _make_plan(self, text: str, name: str | None) -> Plan | None:
        document = self.documents.parsed(text)
        operation = get_operation_ast(document, name)
        return Planner(self, document).plan(operation) if operation else None

    def _allowed(
        self, query: str | None, name: str | None, allowed: Iterable[OperationType] | None
    ) -> DocumentNode:
        """Return the document if it holds an operation that may be executed."""
        if not query:
            raise MissingQueryError
        document = self.documents.parsed(query)
        operation = get_operation_ast(document, name)
        if operation is None:
            raise CannotGetOperationTypeError(name)
        kind = OperationType(operation.operation.value)
        if kind not in set(allowed or IN_ONE_ANSWER) & IN_ONE_ANSWER:
            raise InvalidOperationTypeError(kind)
        return document

    def _concealed(
        self, errors: list[GraphQLError], query: str, variables: dict[str, Any] | None
    ) -> list[GraphQLError]:
        """Hide the names in what is said of variables."""
        about_variables = all(error.path is None for error in errors)
        return concealed(errors, f"{query} {variables}") if about_variables else errors

    def _too_slow(self) -> ExecutionResult:
        message = f"This took longer than {self._limits.max_query_seconds:g} s; ask for less."
        error = GraphQLError(message, extensions={"code": "TOO_SLOW"})
        return ExecutionResult(data=None, errors=[error])


def require_known_mutations(schema: GraphQLSchema, limits: Limits) -> None:
    """Refuse a rate for a mutation that does not exist: it would limit nothing.

    Raises
    ------
    ConfigurationError
        With the names that there are.
    """
    known = sorted(schema.mutation_type.fields) if schema.mutation_type else []
    for rate in limits.mutation_rates:
        if rate.mutation not in known:
            setting = "AIMUSIC_MUTATION_RATES"
            message = f"{setting}: there is no mutation {rate.mutation!r}, only {', '.join(known)}."
            raise ConfigurationError(message, field=setting)


schema = MusicSchema(Limits())
"""With the default limits, for whoever needs the types alone."""
