"""From a document to its plan, if it is of the ordinary kind."""

from collections.abc import Callable, Mapping
from typing import Any, cast

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    is_leaf_type,
)
from graphql.execution.values import get_argument_values, get_variable_values
from strawberry.schema.schema_converter import GraphQLCoreConverter, get_arguments
from strawberry.types.field import StrawberryField

from backend.schema.plain_fields import plain_field, shown_by
from backend.schema.plans import (
    Attribute,
    Complete,
    ObjectPlan,
    Plan,
    Resolved,
    Run,
    Unplanned,
    leaf,
    list_of,
    nullable,
    required,
)

Nodes = dict[str, list[FieldNode]]


class Planner:
    """Makes the plans of one document.

    Parameters
    ----------
    schema : strawberry.Schema
        What the document has been validated against.
    document : DocumentNode
        Holds the fragments.
    """

    def __init__(self, schema: strawberry.Schema, document: DocumentNode) -> None:
        self._schema = schema._schema
        self._config = schema.config
        self._scalars = schema.schema_converter.scalar_registry
        self._fragments = {
            part.name.value: part
            for part in document.definitions
            if isinstance(part, FragmentDefinitionNode)
        }

    def plan(self, operation: OperationDefinitionNode) -> Plan | None:
        """Return the plan of an operation; None if graphql-core has to execute it."""
        query = self._schema.query_type
        if operation.operation is not OperationType.QUERY or operation.directives or not query:
            return None
        definitions = operation.variable_definitions or ()

        def variables(given: Mapping[str, Any]) -> Any:  # noqa: ANN401 - graphql-core's own
            values = get_variable_values(self._schema, definitions, dict(given))
            if isinstance(values, list):
                raise Unplanned
            return values

        try:
            return Plan(self._object(query, [*operation.selection_set.selections]), variables)
        except Unplanned:
            return None

    def _object(self, kind: GraphQLObjectType, selections: list[SelectionNode]) -> ObjectPlan:
        if kind.is_type_of is not None:
            raise Unplanned
        wanted: Nodes = {}
        self._collect(kind, selections, wanted)
        attributes: list[Attribute] = []
        resolved: list[Resolved] = []
        constants: dict[str, str] = {}
        for name, nodes in wanted.items():
            if nodes[0].name.value == "__typename":
                constants[name] = kind.name
                continue
            definition = kind.fields.get(nodes[0].name.value)
            if definition is None:
                raise Unplanned
            plain = plain_field(definition)
            if plain is None:
                resolved.append(self._resolved(name, definition, nodes))
            else:
                attributes.append(Attribute(name, *plain))
        return ObjectPlan([*wanted], attributes, resolved, constants)

    def _collect(
        self, kind: GraphQLObjectType, selections: list[SelectionNode], wanted: Nodes
    ) -> None:
        """Gather the selections by the name of the answer (GraphQL specification §6.3.2)."""
        for node in selections:
            if node.directives:
                raise Unplanned
            if isinstance(node, FieldNode):
                wanted.setdefault((node.alias or node.name).value, []).append(node)
                continue
            part: Any = node
            if isinstance(node, FragmentSpreadNode):
                part = self._fragments[node.name.value]
            condition = part.type_condition
            if part.directives or (condition and condition.name.value != kind.name):
                raise Unplanned
            self._collect(kind, [*part.selection_set.selections], wanted)

    def _resolved(self, name: str, definition: GraphQLField, nodes: list[FieldNode]) -> Resolved:
        own = _strawberry_field(definition)
        complete = self._complete(definition.type, nodes)
        if own.is_basic_field:
            attribute = own.python_name
            return Resolved(name, lambda source: getattr(source, attribute), _nothing, complete)
        resolver = own.base_resolver
        if resolver is None or own.extensions or not resolver.self_parameter:
            raise Unplanned
        arguments = self._arguments(own, definition, nodes[0])
        method = cast("Callable[..., Any]", resolver.wrapped_func)
        return Resolved(name, method, arguments, complete)

    def _arguments(
        self, own: StrawberryField, definition: GraphQLField, node: FieldNode
    ) -> Callable[[Run], Mapping[str, Any]]:
        """Return what reads a resolver's arguments, as cheaply as they allow."""
        resolver = own.base_resolver
        info_name = resolver.info_parameter.name if resolver and resolver.info_parameter else None
        if not own.arguments:
            return (lambda run: {info_name: run.info}) if info_name else _nothing

        def read(run: Run) -> Mapping[str, Any]:
            _, arguments = get_arguments(
                field=own,
                source=None,
                info=cast("Any", run.info),
                kwargs=get_argument_values(definition, node, run.variables),
                config=self._config,
                scalar_registry=self._scalars,
            )
            return arguments

        return read

    def _complete(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> Complete:
        if isinstance(kind, GraphQLNonNull):
            return required(self._value(kind.of_type, nodes))
        return nullable(self._value(kind, nodes))

    def _value(self, kind: GraphQLOutputType, nodes: list[FieldNode]) -> Complete:
        """Return what shows a value that is not null."""
        if isinstance(kind, GraphQLList):
            return list_of(self._complete(kind.of_type, nodes))
        if is_leaf_type(kind):
            return leaf(shown_by(kind))
        if not isinstance(kind, GraphQLObjectType):
            raise Unplanned
        parts = [node.selection_set.selections for node in nodes if node.selection_set]
        return self._object(kind, [node for part in parts for node in part])


def _strawberry_field(definition: GraphQLField) -> StrawberryField:
    own = definition.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if not isinstance(own, StrawberryField):
        raise Unplanned
    return own


def _nothing(_run: Run) -> Mapping[str, Any]:
    return {}
