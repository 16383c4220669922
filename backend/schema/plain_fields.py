"""Fields that are nothing but an attribute are read at once.

For every field graphql-core builds the resolver's information, calls the resolver, and asks of the
result whether it can be awaited, is a list, a leaf, an object. Where a field is an attribute that
holds a scalar or an enum, all of that is known beforehand. Whatever is out of the ordinary (null
where there must be a value, a value that cannot be shown, a property that raises) is left to
graphql-core, which has the words for it. Queries have plans besides (see ``plans``).
"""

from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from typing import Any, NamedTuple

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLLeafType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    is_leaf_type,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter

PLAIN_FIELDS = "plain-fields"
"""Under this name the fields stand in the extensions of the schema."""


class PlainField(NamedTuple):
    """An attribute, and how its value is shown."""

    attribute: str
    shown: Callable[[Any], Any]
    required: bool


def note_plain_fields(schema: GraphQLSchema) -> None:
    """Find the plain fields of a schema, once and for all."""
    schema.extensions[PLAIN_FIELDS] = {
        kind.name: found
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and (found := _of_type(kind))
    }


def _of_type(kind: GraphQLObjectType) -> Mapping[str, PlainField]:
    fields = {name: plain_field(field) for name, field in kind.fields.items()}
    return {name: plain for name, plain in fields.items() if plain is not None}


def plain_field(field: GraphQLField) -> PlainField | None:
    """Return how a field is read that is nothing but an attribute; None for any other."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    required = isinstance(field.type, GraphQLNonNull)
    leaf = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if definition is None or not definition.is_basic_field or not is_leaf_type(leaf):
        return None
    return PlainField(definition.python_name, shown_by(leaf), required)


def shown_by(kind: GraphQLLeafType) -> Callable[[Any], Any]:
    """Return what shows a value of a scalar or an enum.

    An enum shows a member, or the word that the database has for it: rows need not be copied.
    """
    if not isinstance(kind, GraphQLEnumType):
        return kind.coerce_output_value
    names: dict[object, str] = {value.value: name for name, value in kind.values.items()}
    members = {member: names[member.value] for member in getattr(kind, "wrapped_cls", ())}
    return {**names, **members}.__getitem__


class PlainFieldsFirst(StrawberryGraphQLCoreExecutionContext):
    """Executes plain fields itself and the others as ever."""

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,  # noqa: ANN401 - graphql-core's signature
        path: Any,  # noqa: ANN401 - graphql-core's
        grouped_field_set: Any,  # noqa: ANN401 - graphql-core's
        position_context: Any,  # noqa: ANN401 - graphql-core's
    ) -> Any:  # noqa: ANN401 - graphql-core's
        """Execute the fields of one object."""
        plain = self.schema.extensions[PLAIN_FIELDS].get(parent_type.name, {})
        results: dict[str, Any] = {}
        others: dict[str, Any] = {}
        for name, details in grouped_field_set.items():
            field = plain.get(details[0].node.name.value)
            shown = Undefined if field is None else _shown(field, source_value)
            results[name] = shown
            if shown is Undefined:
                others[name] = details
        if not others:
            return results
        found = super().execute_fields(parent_type, source_value, path, others, position_context)
        return _later(results, found) if isawaitable(found) else {**results, **found}


def _shown(field: PlainField, source: object) -> Any:  # noqa: ANN401 - any leaf
    """Return what is shown of a field; Undefined if graphql-core has to say something about it."""
    try:
        value = getattr(source, field.attribute)
        if value is None:
            return Undefined if field.required else None
        shown = field.shown(value)
    except Exception:  # noqa: BLE001 - raised again where graphql-core reads the field
        return Undefined
    return Undefined if shown is None else shown


async def _later(results: dict[str, Any], found: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return {**results, **await found}
