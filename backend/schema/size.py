"""How large a document is, measured before anything in it is looked up.

Every measure takes time in proportion to the text, however fragments spread each other.
"""

from collections import Counter
from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from graphql.language import DirectiveNode

from backend.limits import Limits


def oversize(document: DocumentNode, limits: Limits) -> list[GraphQLError]:
    """Return an error for each measure in which a document is too large.

    Parameters
    ----------
    document : DocumentNode
        Parsed, not yet validated.
    limits : Limits
        What is allowed.
    """
    counts = Counter(_parts(document))
    found = (
        ("fields", counts["fields"], limits.max_query_fields),
        ("aliases", counts["aliases"], limits.max_query_aliases),
        ("directives", counts["directives"], limits.max_query_directives),
        ("changes", _changes(document), limits.max_query_mutations),
        ("levels of depth", _Depth(document).deepest(), limits.max_query_depth),
    )
    return [
        GraphQLError(
            f"The document has {count} {what}; {most} are allowed.",
            extensions={"code": "DOCUMENT_TOO_LARGE"},
        )
        for what, count, most in found
        if count > most
    ]


def _parts(node: Node) -> Iterator[str]:
    """Return what counts, part by part."""
    waiting: list[object] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, FieldNode):
            yield "fields"
            if part.alias:
                yield "aliases"
        elif isinstance(part, DirectiveNode):
            yield "directives"
        if isinstance(part, Node):
            waiting.extend(getattr(part, key) for key in part.keys if key != "loc")
        elif isinstance(part, list | tuple):
            waiting.extend(part)


def _changes(document: DocumentNode) -> int:
    """Return how much one operation may change: the fields of its root, however they are spread."""
    parts = document.definitions
    fragments = {p.name.value: p for p in parts if isinstance(p, FragmentDefinitionNode)}
    roots = [
        part
        for part in parts
        if isinstance(part, OperationDefinitionNode) and part.operation is OperationType.MUTATION
    ]
    known: dict[str, int] = {}

    def fields(selections: SelectionSetNode) -> int:
        return sum(count(node) for node in selections.selections)

    def count(node: Node) -> int:
        if isinstance(node, FragmentSpreadNode):
            name = node.name.value
            if name not in known:
                known[name] = 0  # one that holds itself is refused by validation
                known[name] = fields(fragments[name].selection_set) if name in fragments else 0
            return known[name]
        return fields(node.selection_set) if isinstance(node, InlineFragmentNode) else 1

    return max((fields(root.selection_set) for root in roots), default=0)


class _Depth:
    """How deep fields lie within each other; introspection is not counted."""

    def __init__(self, document: DocumentNode) -> None:
        parts = document.definitions
        self._operations = [part for part in parts if isinstance(part, OperationDefinitionNode)]
        self._fragments = {
            part.name.value: part for part in parts if isinstance(part, FragmentDefinitionNode)
        }
        self._known: dict[str, int] = {}

    def deepest(self) -> int:
        """Return the depth of the deepest operation."""
        return max((self._below(part.selection_set) for part in self._operations), default=0)

    def _below(self, selections: SelectionSetNode | None) -> int:
        depth = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FragmentSpreadNode):
                depth = max(depth, self._of_fragment(node.name.value))
            elif not isinstance(node, FieldNode):
                depth = max(depth, self._below(getattr(node, "selection_set", None)))
            elif not node.name.value.startswith("__"):
                depth = max(depth, 1 + self._below(node.selection_set))
        return depth

    def _of_fragment(self, name: str) -> int:
        """Return a fragment's depth; one that holds itself is refused by validation."""
        if name not in self._known:
            self._known[name] = 0
            fragment = self._fragments.get(name)
            self._known[name] = self._below(fragment.selection_set) if fragment else 0
        return self._known[name]
