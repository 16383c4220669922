"""How far one track of a stage is, and how it is kept in the stage's row."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator


@dataclass(frozen=True, slots=True)
class TrackProgress:
    """One track of the stage that plays them."""

    track_id: str
    progress: float
    """0 to 1."""
    outline: tuple[float, ...] | None = None
    """Lowest and highest sample of equal parts, in turn, once it is played to its end."""


Tracks = tuple[TrackProgress, ...]


class TracksColumn(TypeDecorator[Tracks]):
    """Several of them as JSON; none are null, which costs stages that play nothing nothing."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: Tracks | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> list[list[Any]] | None:
        """Store them in their order."""
        if not value:
            return None
        return [[one.track_id, one.progress, one.outline] for one in value]

    def process_result_value(
        self,
        value: list[list[Any]] | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> Tracks:
        """Return what was stored; nothing is none."""
        return tuple(
            TrackProgress(id_, progress, outline and tuple(outline))
            for id_, progress, outline in value or ()
        )
