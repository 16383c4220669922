"""Make a take of another one, taking over what the edit does not touch."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from pydantic import TypeAdapter

from backend.auth import Viewer
from backend.errors import InvalidInput, LimitExceeded
from backend.models import Artifact, Project, Stage, StageStatus, Take
from backend.models.base import now
from backend.persistence import UnitOfWork, artifacts
from backend.persistence import takes as rows
from backend.pipeline.artifacts import MixSettings, SongRequest, StageName
from backend.services import standing, takes
from backend.services.announcing import announce_change, owe_job
from backend.services.change import Change
from backend.services.platform import Platform
from backend.services.projects import IDEMPOTENCY_KEPT, check_queue
from backend.services.song_request import check_idempotency_key
from backend.services.song_summary import from_take
from backend.services.summarising import unmixed

MOST_TAKES = 50
"""Of one project; they are shown side by side, in one list."""
PREVIEW = "preview."
"""Names of artifacts that let an earlier mix be heard."""

_REQUEST = TypeAdapter(SongRequest)
_MIX = TypeAdapter(MixSettings)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a take is made of when it is made of another."""

    request: SongRequest
    mix: MixSettings
    change: Change
    first: StageName
    """The first stage whose result may differ; those before are taken over."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client asked for: the take to begin with, and the command with its key."""

    take_id: str
    command: Any
    """A dataclass."""
    idempotency_key: str | None

    @property
    def digest(self) -> str:
        """The SHA-256 of the command."""
        document = {"": type(self.command).__name__, **asdict(self.command)}
        return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def make(
    platform: Platform, viewer: Viewer, asked: Asked, edit: Callable[[Take], Edit]
) -> tuple[Project, Take]:
    """Write a new take with its stages, and owe the job to the queue, all or nothing.

    Parameters
    ----------
    asked : Asked
        The take that becomes the parent; a key that came before returns the take it made.
    edit : callable
        Says what is to be made of the parent; raises what stands against it.

    Raises
    ------
    NotFound
        If the viewer has no such take.
    Conflict
        If another take of the project is in work.
    InvalidInput
        If the edit cannot be obeyed, or the key came with another edit before.
    LimitExceeded
        If too many songs wait, or the project has too many takes.
    """
    key = check_idempotency_key(asked.idempotency_key)
    async with platform.database.write() as work:
        project, parent = await takes.lock(work, viewer, asked.take_id)
        if key is not None and (earlier := await _earlier(work, project, key, asked.digest)):
            return project, earlier
        await check_queue(work)
        await takes.require_rest(work, project)
        made = edit(parent)
        take = _new_take(parent, made, await _next_number(work, project))
        take.idempotency_key, take.request_hash = key, asked.digest
        await artifacts.share_files(work.session)
        found = await artifacts.of_take(work.session, parent.id)
        work.session.add(take)
        await work.session.flush()
        await _add_stages(work, take, made.first, found)
        standing.begin(project, take)
        project.updated_at = now()
        await owe_job(platform, work, take.id, take.attempt)
        announce_change(platform, work, viewer.user_id)
    return project, take


def request_of(take: Take) -> SongRequest:
    """Return what the take was asked for."""
    return _REQUEST.validate_python(take.request, strict=False)


def mix_of(take: Take) -> MixSettings:
    """Return what is set at the take's mixer."""
    return _MIX.validate_python(take.mix, strict=False)


async def _earlier(work: UnitOfWork, project: Project, key: str, digest: str) -> Take | None:
    """Return the take that the key made; an old one lets go of it."""
    earlier = await rows.by_idempotency_key(work.session, project.id, key)
    if earlier is None:
        return None
    if earlier.created_at < now() - IDEMPOTENCY_KEPT:
        earlier.idempotency_key = None
        await work.session.flush()
        return None
    if earlier.request_hash != digest:
        raise InvalidInput(
            "This key came with another edit before; use a new key for a new take.",
            field="idempotencyKey",
        )
    return earlier


async def _next_number(work: UnitOfWork, project: Project) -> int:
    numbers = await rows.numbers(work.session, project.id)
    if len(numbers) >= MOST_TAKES:
        raise LimitExceeded(f"A project has at most {MOST_TAKES} takes; delete one first.")
    return max(numbers) + 1


def _new_take(parent: Take, edit: Edit, number: int) -> Take:
    song = from_take(parent) if edit.first is StageName.MIXING else None
    return Take(
        project_id=parent.project_id,
        parent_id=parent.id,
        number=number,
        seed=edit.request.seed,
        request=_REQUEST.dump_python(edit.request, mode="json"),
        mix=_MIX.dump_python(edit.mix, mode="json"),
        change=edit.change.as_json(),
        song=unmixed(song).as_json() if song else {},
        duration_seconds=song.duration_seconds if song else None,
    )


async def _add_stages(
    work: UnitOfWork, take: Take, first: StageName, found: Sequence[tuple[str, Artifact]]
) -> None:
    """Give the take its stages; those before ``first`` with the parent's files, if they are kept.

    Files are shared, rows are not: whatever happens to the parent, these stay.
    """
    names = list(StageName)
    kept = {name for name, _ in found}
    reusable = names[: names.index(first)]
    reused = {name for i, name in enumerate(reusable) if kept.issuperset(reusable[: i + 1])}
    stages = {name: _new_stage(take, name, is_reused=name in reused) for name in names}
    work.session.add_all(stages.values())
    await work.session.flush()
    await artifacts.add(work.session, list(_copies(stages, reused, found)))


def _new_stage(take: Take, name: StageName, *, is_reused: bool) -> Stage:
    stage = Stage(take_id=take.id, position=list(StageName).index(name), name=name.value)
    if is_reused:
        stage.status, stage.progress = StageStatus.REUSED, 1.0
    return stage


def _copies(
    stages: dict[StageName, Stage], reused: set[StageName], found: Sequence[tuple[str, Artifact]]
) -> Iterator[Artifact]:
    for name, artifact in found:
        if name in reused and not artifact.name.startswith(PREVIEW):
            fields = artifact.model_dump(exclude={"stage_id", "created_at"})
            yield Artifact(stage_id=stages[StageName(name)].id, **fields)
