"""Symbolic artifacts as JSON and back, unchanged."""

from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter

from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    MixSettings,
    SongPlan,
    SongReport,
    SongRequest,
)

Symbolic = SongRequest | SongPlan | Composition | Arrangement | MixSettings | SongReport

S = TypeVar(
    "S", bound=SongRequest | SongPlan | Composition | Arrangement | MixSettings | SongReport
)


@cache
def _adapter(kind: type[S]) -> TypeAdapter[S]:
    return TypeAdapter(kind)


def dump(artifact: Symbolic) -> bytes:
    """Return the artifact as compact UTF-8 JSON; equal artifacts give equal bytes."""
    adapter: TypeAdapter[Symbolic] = _adapter(type(artifact))
    return adapter.dump_json(artifact)


def load(kind: type[S], data: bytes) -> S:
    """Return the artifact that ``dump`` wrote.

    Raises
    ------
    pydantic.ValidationError
        If the bytes do not describe one.
    """
    return _adapter(kind).validate_json(data)
