"""Brings generated GraphQL arguments into the ranges that their descriptions name.

The schema language has no words for ranges: without this every second document would be refused for
``first: 0``, and nothing behind the refusal would be reached. Wrong types are left as they are.
"""

from typing import Any

import schemathesis
from graphql import (
    ArgumentNode,
    DocumentNode,
    IntValueNode,
    NullValueNode,
    StringValueNode,
    Visitor,
    visit,
)

NUMBERS = {"first": 100, "points": 2000}
"""The greatest number that the argument takes; the smallest is 1."""
INT = 2**31
"""Beyond, it is no Int any more."""
CURSORS = frozenset({"after"})
WORDS = {"search": 200, "prompt": 2000}
"""The longest text that the argument takes."""


class _InRange(Visitor):
    def leave_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | None:
        name, value = node.name.value, node.value
        if name in NUMBERS and isinstance(value, IntValueNode) and abs(int(value.value)) < INT:
            number = 1 + int(value.value) % NUMBERS[name]
            return ArgumentNode(name=node.name, value=IntValueNode(value=str(number)))
        if name in CURSORS and isinstance(value, StringValueNode):
            return ArgumentNode(name=node.name, value=NullValueNode())
        if name in WORDS and isinstance(value, StringValueNode):
            text = "".join(c for c in value.value if c.isprintable())[: WORDS[name]]
            return ArgumentNode(name=node.name, value=StringValueNode(value=f"a {text}"))
        return None


@schemathesis.hook
def map_body(_context: object, body: Any) -> Any:
    """Change a document; bodies of the other API are left alone."""
    return visit(body, _InRange()) if isinstance(body, DocumentNode) else body
