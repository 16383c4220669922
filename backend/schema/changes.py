"""What a change of the schema breaks: ``python -m backend.schema.changes [older.graphql]``.

Compares the schema of the code with an older one, by default the committed ``schema.graphql``, and
names what breaks clients (exit status 1) and what may surprise them.

What shall go is first deprecated, with what to use instead, and stays so for a release: the end of
a field or value that was deprecated before breaks nobody who was listening.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from graphql import GraphQLSchema, build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from backend.schema.export import SDL_FILE, sdl


class Changes(NamedTuple):
    """Differences between two schemas, in words."""

    breaking: list[str]
    """Documents that were valid are no longer, or answers lose what they promised."""
    dangerous: list[str]
    """Documents stay valid, but clients may meet what they do not know."""


def changes(older: str, newer: str) -> Changes:
    """Compare two schemas.

    Parameters
    ----------
    older, newer : str
        In the schema definition language.
    """
    before, after = build_schema(older), build_schema(newer)
    announced = {
        f"{kind} {name} was removed."
        for name in deprecated(before)
        for kind in ("Field", "Enum value")
    }
    found = [change.description for change in find_breaking_changes(before, after)]
    return Changes(
        [text for text in found if text not in announced],
        [
            *(text for text in found if text in announced),
            *(change.description for change in find_dangerous_changes(before, after)),
        ],
    )


def deprecated(schema: GraphQLSchema) -> dict[str, str]:
    """Return the fields and values that shall go, as ``Type.name``, with what to use instead."""
    return {
        f"{kind.name}.{name}": member.deprecation_reason
        for kind in schema.type_map.values()
        for name, member in (getattr(kind, "fields", None) or getattr(kind, "values", {})).items()
        if member.deprecation_reason is not None
    }


def main(arguments: list[str]) -> int:
    """Print the changes; return 1 if one breaks clients."""
    file = Path(arguments[0]) if arguments else SDL_FILE
    breaking, dangerous = changes(file.read_text(), sdl())
    lines = [f"breaks: {text}" for text in breaking] + [f"careful: {text}" for text in dangerous]
    sys.stdout.write("".join(f"{line}\n" for line in lines or ["Nothing breaks."]))
    return 1 if breaking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
