"""What an answer may cost: the number of its fields, as far as the document tells.

A list with an argument ``first`` is as long as that says; any other is taken for
``ASSUMED_LENGTH`` long. Introspection costs nothing: the standard rules keep it small.
"""

from collections.abc import Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

ASSUMED_LENGTH = 10
LONGEST_PAGE = 1000
"""Whatever is asked for beyond is refused by the service."""


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
) -> int:
    """Return the greatest number of fields that an operation may bring.

    Parameters
    ----------
    schema : GraphQLSchema
        What the document has been validated against.
    document : DocumentNode
        Holds the fragments.
    operation : OperationDefinitionNode
        The operation that is to be executed.
    variables : mapping
        Values of the variables, as they came.
    """
    root = schema.get_root_type(operation.operation)
    return _Meter(schema, document, operation, variables).below(operation.selection_set, root, None)


class _Meter:
    """Walks through one operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, object],
    ) -> None:
        self._schema = schema
        self._fragments = {
            part.name.value: part
            for part in document.definitions
            if isinstance(part, FragmentDefinitionNode)
        }
        defaults = {
            part.variable.name.value: part.default_value
            for part in operation.variable_definitions or ()
        }
        self._variables: dict[str, object] = {**defaults, **variables}
        self._known: dict[tuple[str, int | None], int] = {}

    def below(self, selections: SelectionSetNode | None, kind: object, page: int | None) -> int:
        """Return the cost of a selection set within a type and, maybe, a page of a list."""
        cost = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                cost += self._of_field(node, kind, page)
            elif isinstance(node, FragmentSpreadNode):
                cost += self._of_fragment(node.name.value, page)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = self._schema.get_type(condition.name.value) if condition else kind
                cost += self.below(node.selection_set, inner, page)
        return cost

    def _of_fragment(self, name: str, page: int | None) -> int:
        known = self._known.get((name, page))
        if known is None:
            fragment = self._fragments[name]
            kind = self._schema.get_type(fragment.type_condition.name.value)
            known = self._known[name, page] = self.below(fragment.selection_set, kind, page)
        return known

    def _of_field(self, node: FieldNode, kind: object, page: int | None) -> int:
        fields = kind.fields if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else {}
        field = fields.get(node.name.value)
        if field is None:
            return 0
        asked = self._page(node, field)
        entries = (page or ASSUMED_LENGTH) if _is_list(field.type) and asked is None else 1
        inner = self.below(node.selection_set, get_named_type(field.type), asked)
        return 1 + entries * inner

    def _page(self, node: FieldNode, field: GraphQLField) -> int | None:
        """Return the length of the list that a connection is asked for."""
        if "first" not in field.args:
            return None
        given = next((a.value for a in node.arguments or () if a.name.value == "first"), None)
        value = self._variables.get(given.name.value) if isinstance(given, VariableNode) else given
        number = int(value.value) if isinstance(value, IntValueNode) else value
        if not isinstance(number, int):
            number = field.args["first"].default_value
        return min(max(number, 1), LONGEST_PAGE) if isinstance(number, int) else ASSUMED_LENGTH


def _is_list(kind: GraphQLOutputType) -> bool:
    inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    return isinstance(inner, GraphQLList)
