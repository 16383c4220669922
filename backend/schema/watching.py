"""What a subscription to a project's events asks for, read from its document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    Node,
    OperationDefinitionNode,
    OperationType,
    VariableNode,
    get_operation_ast,
)
from graphql.execution.values import get_argument_values, get_variable_values

from backend.schema.definition import MusicSchema

FIELD = "projectEvents"


@dataclass(frozen=True, slots=True)
class Watching:
    """A subscription to ``projectEvents``.

    Parameters
    ----------
    document : DocumentNode
        Parsed and found to be in order.
    project_id, after : str, str or None
        The arguments.
    shaping : bytes
        The variables on which the answer to an event depends, as JSON. Where somebody begins to
        watch is none of them.
    """

    document: DocumentNode
    project_id: str
    after: str | None
    shaping: bytes


def read_watching(
    schema: MusicSchema, text: str, operation_name: str | None, variables: Mapping[str, Any]
) -> Watching | None:
    """Return what is watched; None if the operation is something else or not in order."""
    try:
        document = schema.documents.parsed(text)
        if schema.documents.problems(text, operation_name, variables):
            return None
    except GraphQLError:
        return None
    operation = get_operation_ast(document, operation_name)
    field = _root_field(operation) if operation else None
    if operation is None or field is None:
        return None
    arguments = _arguments(schema, operation, field, variables)
    if arguments is None:
        return None
    used = set(_variables_beneath(document, field)) & set(variables)
    return Watching(
        document=document,
        project_id=arguments["projectId"],
        after=arguments.get("after"),
        shaping=orjson.dumps({name: variables[name] for name in sorted(used)}),
    )


def _root_field(operation: OperationDefinitionNode) -> FieldNode | None:
    if operation.operation is not OperationType.SUBSCRIPTION or operation.directives:
        return None
    [*selections] = operation.selection_set.selections
    [*fields] = (node for node in selections if isinstance(node, FieldNode))
    if len(selections) != 1 or len(fields) != 1:
        return None
    field = fields[0]
    return field if field.name.value == FIELD and not field.directives else None


def _arguments(
    schema: MusicSchema,
    operation: OperationDefinitionNode,
    field: FieldNode,
    variables: Mapping[str, Any],
) -> dict[str, Any] | None:
    core = schema._schema
    values = get_variable_values(core, operation.variable_definitions or (), dict(variables))
    if core.subscription_type is None or isinstance(values, list):
        return None
    definition = core.subscription_type.fields[FIELD]
    try:
        return get_argument_values(definition, field, values)
    except GraphQLError:
        return None


def _variables_beneath(document: DocumentNode, field: FieldNode) -> Iterator[str]:
    """Return the variables that are used within the field or in any fragment."""
    fragments = [part for part in document.definitions if isinstance(part, FragmentDefinitionNode)]
    waiting: list[object] = [field.selection_set, *fragments]
    while waiting:
        part = waiting.pop()
        if isinstance(part, VariableNode):
            yield part.name.value
        elif isinstance(part, Node):
            waiting.extend(getattr(part, key) for key in part.keys if key != "loc")
        elif isinstance(part, list | tuple):
            waiting.extend(part)
