"""What was changed to make a take of another one; kept as JSON in ``Take.change``."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from backend.models import Take


class ChangeKind(StrEnum):
    """Which edit made the take."""

    MIX = "mix"
    SECTION = "section"
    REQUEST = "request"
    SEED = "seed"


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, for programs and, in a few words, for people."""

    kind: ChangeKind
    summary: str
    section_index: int | None = None
    fields: tuple[str, ...] = ()
    """What was set, in the API's spelling: "style.tempoBpm", "tracks.bass.gainDb"."""

    def as_json(self) -> dict[str, Any]:
        """Return what ``Take.change`` holds."""
        document: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return document


_ADAPTER = TypeAdapter(Change)


def from_take(take: Take) -> Change | None:
    """Return what made the take; None for a project's first."""
    return _ADAPTER.validate_python(take.change, strict=False) if take.change else None
