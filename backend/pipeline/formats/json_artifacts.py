"""Symbolic artifacts as JSON and back, unchanged."""

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


_KINDS: dict[str, type[Symbolic]] = {
    kind.__name__: kind
    for kind in (SongRequest, SongPlan, Composition, Arrangement, MixSettings, SongReport)
}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind])


def dump(artifact: Symbolic) -> bytes:
    """Return the artifact as compact UTF-8 JSON; equal artifacts give equal bytes."""
    data: bytes = _adapter(type(artifact).__name__).dump_json(artifact)
    return data


def load(kind: type[S], data: bytes) -> S:
    """Return the artifact that ``dump`` wrote.

    Raises
    ------
    pydantic.ValidationError
        If the bytes do not describe one.
    """
    artifact: S = _adapter(kind.__name__).validate_json(data)
    return artifact
