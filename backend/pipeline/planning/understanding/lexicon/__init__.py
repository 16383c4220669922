"""The words that are known: instruments, moods, genres, and ordinary words that look like them."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Load one of the JSON files of this package, once."""
    text = files(__package__).joinpath(f"{name}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
