"""Start, cancel, retry, rename and delete."""
from dataclasses import dataclass

from backend.auth import Viewer
from backend.models import Project
from backend.pipeline.artifacts import LyricsRequest
from backend.services.platform import Platform


@dataclass(frozen=True, slots=True)
class StartSong:
    """What a client asks for; everything but the prompt is optional."""

    prompt: str
    title: str | None = None
    genre: str | None = None
    mood: str | None = None
    energy: float | None = None
    tempo_bpm: float | None = None
    key: str | None = None
    time_signature: str | None = None
    instruments: tuple[str, ...] = ()
    without_instruments: tuple[str, ...] = ()
    lyrics: LyricsRequest | None = None
    duration_seconds: float | None = None
    seed: int | None = None
    idempotency_key: str | None = None


async def start(platform: Platform, viewer: Viewer, command: StartSong) -> Project:
    """Validate everything, write the project and owe its job to the queue (InvalidInput, LimitExceeded)."""
    raise NotImplementedError


async def cancel(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """Stop it; cancelling twice is the same as once (NotFound, Conflict when completed or failed)."""
    raise NotImplementedError


async def retry(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """Go on from the last checkpoint (NotFound, Conflict when completed; queued or running: nothing to do)."""
    raise NotImplementedError


async def rename(platform: Platform, viewer: Viewer, project_id: str, title: str) -> Project:
    """Rename (NotFound, InvalidInput)."""
    raise NotImplementedError


async def delete(platform: Platform, viewer: Viewer, project_id: str) -> str:
    """Delete rows and files; returns the id (NotFound)."""
    raise NotImplementedError
