"""Documents are parsed, measured and validated once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension

from backend.limits import Limits
from backend.schema.cost import cost_of
from backend.schema.remembered import remembered
from backend.schema.size import oversize
from backend.schema.trusted import TrustedDocuments

NOT_TRUSTED = GraphQLError(
    "This server executes only the documents of its own clients.",
    extensions={"code": "DOCUMENT_NOT_TRUSTED"},
)
QUOTED = re.compile(r"['“\"]([^'”\"]+)['”\"]")
MOST_ERRORS = 10
"""Errors that one answer names."""


class Documents:
    """The documents of one schema.

    Parameters
    ----------
    schema : GraphQLSchema
        What they are validated against.
    limits : Limits
        How large they may be.
    hide_names : bool
        Whether neither introspection nor suggestions tell what there is.
    trusted : TrustedDocuments or None
        The only documents that are executed; any if not given.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: Limits,
        *,
        hide_names: bool,
        trusted: TrustedDocuments | None = None,
    ) -> None:
        self._schema = schema
        self._limits = limits
        self._hide_names = hide_names
        self._trusted = trusted
        hiding = (NoSchemaIntrospectionCustomRule,) if hide_names else ()
        self._rules = (*specified_rules, *hiding)
        self.parsed = remembered(self._parse)
        self._faults = remembered(self._validate)
        self._cost = remembered(self._measure)

    def too_long(self, text: str) -> bool:
        """Whether a text is too long to be read at all."""
        return len(text) > self._limits.max_query_characters

    def _parse(self, text: str) -> DocumentNode:
        if self.too_long(text):
            most = self._limits.max_query_characters
            raise GraphQLError(
                f"The document has {len(text)} characters; {most} are allowed.",
                extensions={"code": "DOCUMENT_TOO_LARGE"},
            )
        return parse(text, max_tokens=self._limits.max_query_tokens)

    def problems(
        self, text: str, operation_name: str | None, variables: Mapping[str, object] | None
    ) -> Sequence[GraphQLError]:
        """Return why a document will not be executed; nothing if it will.

        Parameters
        ----------
        text : str
            The document; it has been parsed before.
        operation_name : str or None
            Which of its operations is meant.
        variables : mapping or None
            Their values, as they came.
        """
        if faults := self._faults(text):
            return faults
        numbers = tuple((n, v) for n, v in (variables or {}).items() if isinstance(v, int))
        cost = self._cost(text, operation_name, numbers)
        most = self._limits.max_query_cost
        if cost <= most:
            return []
        message = f"The answer may have {cost} fields; {most} are allowed. Ask for fewer at a time."
        return [GraphQLError(message, extensions={"code": "TOO_EXPENSIVE"})]

    def _validate(self, text: str) -> Sequence[GraphQLError]:
        """Return what is wrong with a document; one that is too large is not looked into."""
        document = self.parsed(text)
        if too_large := oversize(document, self._limits):
            return too_large
        if self._trusted is not None and document not in self._trusted:
            return [NOT_TRUSTED]
        faults = validate(
            self._schema,
            document,
            self._rules,
            max_errors=MOST_ERRORS,
            hide_suggestions=self._hide_names,
        )
        return concealed(faults, text) if self._hide_names else faults

    def _measure(
        self, text: str, operation_name: str | None, numbers: tuple[tuple[str, int], ...]
    ) -> int:
        document = self.parsed(text)
        operation = get_operation_ast(document, operation_name)
        if not isinstance(operation, OperationDefinitionNode):
            return 0
        return cost_of(self._schema, document, operation, dict(numbers))


def concealed(errors: Sequence[GraphQLError], text: str) -> list[GraphQLError]:
    """Return errors without names that the client has not written itself.

    Parameters
    ----------
    errors : sequence of GraphQLError
        About a document or its variables.
    text : str
        What the client has written.
    """
    return [
        error
        if all(name in text for name in QUOTED.findall(error.message))
        else GraphQLError("This is not valid here.", error.nodes, error.source, error.positions)
        for error in errors
    ]


class CheckedStream(SchemaExtension):
    """Takes the documents of streams from the memory of the schema.

    Ordinary requests are checked by ``MusicSchema.execute``. A syntax error is left to Strawberry,
    which parses again and reports it: an exception of this hook would escape from the stream, and
    a client would be told "complete" instead of the error.
    """

    def __init__(self, documents: Documents, most_tokens: int) -> None:
        self._documents = documents
        self._most_tokens = most_tokens

    def on_parse(self) -> Iterator[None]:
        """Take the document from memory if it parses."""
        context = self.execution_context
        too_long = self._documents.too_long(context.query or "")
        context.parse_options["max_tokens"] = 1 if too_long else self._most_tokens
        if context.query:
            with suppress(GraphQLError):
                context.graphql_document = self._documents.parsed(context.query)
        yield

    def on_validate(self) -> Iterator[None]:
        """Take what was found wrong with it from memory."""
        context = self.execution_context
        context.pre_execution_errors = list(
            self._documents.problems(context.query or "", context.operation_name, context.variables)
        )
        yield
