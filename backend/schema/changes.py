"""What a change of the schema breaks: ``python -m backend.schema.changes [older.graphql]``.

Compares the schema of the code with an older one, by default the committed ``schema.graphql``, and
names what breaks clients (exit status 1) and what may surprise them.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from graphql import build_schema
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
    return Changes(
        [change.description for change in find_breaking_changes(before, after)],
        [change.description for change in find_dangerous_changes(before, after)],
    )


def main(arguments: list[str]) -> int:
    """Print the changes; return 1 if one breaks clients."""
    file = Path(arguments[0]) if arguments else SDL_FILE
    breaking, dangerous = changes(file.read_text(), sdl())
    lines = [f"breaks: {text}" for text in breaking] + [f"careful: {text}" for text in dangerous]
    sys.stdout.write("".join(f"{line}\n" for line in lines or ["Nothing breaks."]))
    return 1 if breaking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
