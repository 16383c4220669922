"""Write ``schema.graphql``: ``python -m backend.schema.export``."""

from pathlib import Path

from backend.schema.definition import schema

SDL_FILE = Path(__file__).with_name("schema.graphql")


def sdl() -> str:
    """Return the schema in the schema definition language."""
    return schema.as_str().rstrip() + "\n"


if __name__ == "__main__":
    SDL_FILE.write_text(sdl())
