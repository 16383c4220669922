"""Lists that can grow: connections after the Relay specification, plus ``nodes``."""

from collections.abc import Callable
from typing import Generic, Self, TypeVar

import strawberry

from backend.schema.described import object_type
from backend.services.library import Page

Row = TypeVar("Row")
Node = TypeVar("Node")


@object_type
class PageInfo:
    """Where a page lies in the whole list."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether some come before.")
    start_cursor: str | None = strawberry.field(
        description="The cursor of the first edge; null if the page is empty."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last edge: pass it as `after` for the next page; "
        "null if the page is empty."
    )


@object_type
class Edge(Generic[Node]):
    """One entry of a list and its place."""

    cursor: str = strawberry.field(description="The place: pass it as `after` to go on from here.")
    node: Node = strawberry.field(description="The entry.")


@object_type
class Connection(Generic[Node]):
    """A page of a list."""

    edges: list[Edge[Node]] = strawberry.field(description="The entries with their cursors.")
    nodes: list[Node] = strawberry.field(description="The entries alone.")
    page_info: PageInfo = strawberry.field(description="Where this page lies.")
    total_count: int = strawberry.field(description="Length of the whole list.")

    @classmethod
    def from_page(cls, page: Page[Row], node: Callable[[Row], Node], *, after: str | None) -> Self:
        """Wrap a page of rows.

        Parameters
        ----------
        page : Page
            Rows and their cursors.
        node : callable
            Makes the GraphQL type from a row.
        after : str or None
            The cursor the page was asked for.
        """
        nodes = [node(row) for row in page.items]
        cursors = [str(cursor) for cursor in page.cursors]
        return cls(
            edges=[Edge(cursor=c, node=n) for c, n in zip(cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=PageInfo(
                has_next_page=page.has_next_page,
                has_previous_page=after is not None,
                start_cursor=cursors[0] if cursors else None,
                end_cursor=cursors[-1] if cursors else None,
            ),
            total_count=page.total_count,
        )
