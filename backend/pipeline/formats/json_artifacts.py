"""Symbolic artifacts as JSON and back, unchanged."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar

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
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(artifact: Symbolic) -> bytes:
    """Return the artifact as compact UTF-8 JSON; equal artifacts give equal bytes."""
    return _adapter(type(artifact)).dump_json(artifact)


def load(kind: type[S], data: bytes) -> S:
    """Return the artifact that ``dump`` wrote.

    Raises
    ------
    pydantic.ValidationError
        If the bytes do not describe one.
    """
    artifact: S = _adapter(kind).validate_json(data)
    return artifact
