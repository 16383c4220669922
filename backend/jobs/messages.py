"""What worker and child say to each other."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from backend.models import Tracks
from backend.pipeline.artifacts import MixSettings, SongRequest, SoundBank, StageName
from backend.services.making import MadeFile
from backend.services.song_summary import SongSummary


@dataclass(frozen=True, slots=True)
class Order:
    """Worker to child: make this song, or go on with it."""

    request: SongRequest
    mix: MixSettings
    bank: SoundBank
    scratch: Path
    """Where the child may write."""
    done: dict[StageName, dict[str, Path]]
    """Where the artifacts of the finished stages lie, by name."""
    song: SongSummary | None
    date: str | None = None
    """When the take was asked for (ISO 8601), for the tags of the MP3."""
    kind: Literal["order"] = "order"


@dataclass(frozen=True, slots=True)
class GoOn:
    """Worker to child: the checkpoint is kept."""

    kind: Literal["go on"] = "go on"


@dataclass(frozen=True, slots=True)
class Progress:
    """Child to worker: how far the stage is, 0 to 1."""

    stage: StageName
    progress: float
    message: str
    tracks: Tracks = ()
    """Each track that it has begun to play."""
    kind: Literal["progress"] = "progress"


@dataclass(frozen=True, slots=True)
class StageDone:
    """Child to worker: keep these files; the child waits for ``GoOn``."""

    stage: StageName
    files: list[MadeFile]
    song: SongSummary
    kind: Literal["stage done"] = "stage done"


@dataclass(frozen=True, slots=True)
class PreviewMade:
    """Child to worker: keep the hook and let people hear it; the child goes on meanwhile."""

    files: list[MadeFile]
    song: SongSummary
    kind: Literal["preview made"] = "preview made"


@dataclass(frozen=True, slots=True)
class SongDone:
    """Child to worker: every stage is done; the child is ready for the next order."""

    kind: Literal["song done"] = "song done"


@dataclass(frozen=True, slots=True)
class SongFailed:
    """Child to worker: it cannot be made, now (``retryable``) or ever."""

    reason: str
    """For the user."""
    retryable: bool
    trace: str
    """For the operator."""
    kind: Literal["song failed"] = "song failed"


ToChild = Order | GoOn
ToWorker = Progress | PreviewMade | StageDone | SongDone | SongFailed

TO_CHILD: TypeAdapter[ToChild] = TypeAdapter(Annotated[ToChild, Field(discriminator="kind")])
TO_WORKER: TypeAdapter[ToWorker] = TypeAdapter(Annotated[ToWorker, Field(discriminator="kind")])
