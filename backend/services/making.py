"""What a worker writes while it makes a take; every write is fenced by attempt and run."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from backend.errors import StageFailed
from backend.models import (
    Artifact,
    EventType,
    Project,
    ProjectEvent,
    Stage,
    StageStatus,
    Status,
    Take,
    Tracks,
)
from backend.models.base import now
from backend.persistence import UnitOfWork, artifacts, outbox, stages, takes
from backend.persistence.takes import Run
from backend.pipeline.artifacts import MixSettings, SongRequest, StageName
from backend.services import standing
from backend.services.announcing import announce, announce_change
from backend.services.checkpoints import kept_artifacts, leading_checkpoints, reopen
from backend.services.platform import Platform
from backend.services.queueing import may_begin
from backend.services.rendered import let_go_of_rendered
from backend.services.setbacks import MOST_ATTEMPTS, end_as_failed
from backend.services.song_request import title_from
from backend.services.song_summary import SongSummary, from_take
from backend.services.stage_progress import DONE, progress_of
from backend.services.unused_files import delete_unused
from backend.storage import content_key

_REQUEST = TypeAdapter(SongRequest)
_MIX = TypeAdapter(MixSettings)


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a worker needs to make a take, or to go on with it."""

    run: Run
    request: SongRequest
    mix: MixSettings
    song: SongSummary | None
    done: dict[StageName, dict[str, str]]
    """Storage keys of the finished stages by artifact name."""
    date: str
    """The day the take was asked for, ISO 8601."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that a stage left in the worker's scratch folder."""

    name: str
    path: Path
    sha256: str
    size_bytes: int
    media_type: str

    @property
    def key(self) -> str:
        """Where it will lie in the storage."""
        return content_key(self.sha256, self.name)


async def claim(platform: Platform, take_id: str, attempt: int, run_id: str) -> Assignment | None:
    """Take over an attempt; whoever held it before is fenced off from now on.

    Returns
    -------
    Assignment or None
        None when there is nothing to do (cancelled, deleted, finished, a newer attempt exists), or
        the user has enough in work.
    """
    kept = await kept_artifacts(platform, take_id)
    async with platform.database.write() as work:
        held = await takes.lock(work.session, take_id)
        if held is None:
            return None
        project, take = held
        await outbox.settle(work.session, take_id, attempt)
        if take.attempt != attempt or take.status.is_final:
            return None
        found = await stages.of_takes(work.session, [take_id])
        done = leading_checkpoints(found, kept)
        next_stage = reopen(found, done)
        if next_stage is not None and next_stage.attempts >= MOST_ATTEMPTS:
            reason = f"The {next_stage.name} stage did not finish in {MOST_ATTEMPTS} attempts."
            await end_as_failed(platform, work, project, take, reason)
            return None
        if not await may_begin(platform, work, project, take):
            return None
        take.run_id = run_id
        take.status = project.status = Status.RUNNING
        take.heartbeat_at = now()
        take.started_at = take.started_at or now()
        announce_change(platform, work, project.user_id)
    return Assignment(
        run=Run(project.id, take_id, attempt, run_id),
        request=_REQUEST.validate_python(take.request, strict=False),
        mix=_MIX.validate_python(take.mix, strict=False),
        song=from_take(take),
        done=done,
        date=take.created_at.date().isoformat(),
    )


async def beat(platform: Platform, run: Run) -> bool:
    """Note that the run is alive; return whether it still holds the take."""
    async with platform.database.write() as work:
        return await takes.beat(work.session, run, now())


async def runs_at_work(platform: Platform) -> set[str]:
    """Return the ids of all runs that hold a take."""
    async with platform.database.read() as session:
        return await takes.runs_at_work(session)


async def begin_stage(platform: Platform, run: Run, name: StageName) -> bool:
    """Note that a stage begins; return whether the run still holds the take."""
    async with platform.database.write() as work:
        held = await takes.hold(work.session, run)
        if held is None:
            return False
        project, take = held
        found = await stages.of_takes(work.session, [take.id])
        stage = _named(found, name)
        stage.status = StageStatus.RUNNING
        stage.attempts += 1
        stage.started_at = now()
        stage.message = stage.error = stage.completed_at = None
        stage.tracks = ()
        take.heartbeat_at = now()
        event = ProjectEvent(
            type=EventType.STAGE_STARTED, stage=name.value, progress=progress_of(found)
        )
        await announce(platform, work, project, take, event)
    return True


async def report_progress(
    platform: Platform, run: Run, name: StageName, share: float, message: str, tracks: Tracks = ()
) -> bool:
    """Note how far a stage and its tracks are; return whether the run still holds the take."""
    async with platform.database.write() as work:
        held = await takes.hold(work.session, run)
        if held is None:
            return False
        project, take = held
        found = await stages.of_takes(work.session, [take.id])
        stage = _named(found, name)
        stage.progress = max(stage.progress, min(1.0, share))
        stage.message, stage.tracks = message[:500], tracks
        event = ProjectEvent(
            type=EventType.STAGE_PROGRESS,
            stage=name.value,
            progress=progress_of(found),
            message=message,
        )
        await announce(platform, work, project, take, event)
    return True


async def finish_stage(
    platform: Platform, run: Run, name: StageName, files: list[MadeFile], song: SongSummary
) -> bool:
    """Make the stage a checkpoint: files first, then rows and event in one transaction.

    The last stage finishes the take and the project with it.

    Returns
    -------
    bool
        Whether the run still held the take; nothing is written otherwise.

    Raises
    ------
    ServiceUnavailable
        If storage or database are away; calling again with the same files is safe.
    """
    await _secure(platform, files)
    async with platform.database.write() as work:
        held = await _hold_with_files(platform, work, run, files, name)
        if held is None:
            return False
        project, take = held
        found = await stages.of_takes(work.session, [take.id])
        stage = _named(found, name)
        stage.status, stage.progress, stage.message = StageStatus.COMPLETED, 1.0, None
        stage.completed_at = take.heartbeat_at = now()
        await artifacts.replace_of_stage(
            work.session, stage.id, [_artifact(stage, file) for file in files]
        )
        _adopt(project, take, song)
        event = ProjectEvent(
            type=EventType.STAGE_COMPLETED, stage=name.value, progress=progress_of(found)
        )
        await announce(platform, work, project, take, event)
        if all(stage.status in DONE for stage in found):
            _named(found, StageName.RENDERING).tracks = ()  # the stems say it from now on
            await _complete(platform, work, project, take)
            work.after_commit(lambda: let_go_of_rendered(platform))
    return True


async def keep_preview(
    platform: Platform, run: Run, files: list[MadeFile], song: SongSummary
) -> bool:
    """Let the song's hook be heard; it goes with the arrangement that it is played from.

    Returns
    -------
    bool
        Whether the run still held the take; nothing is written otherwise.

    Raises
    ------
    ServiceUnavailable
        If storage or database are away; calling again with the same files is safe.
    """
    await _secure(platform, files)
    async with platform.database.write() as work:
        held = await _hold_with_files(platform, work, run, files, StageName.ARRANGEMENT)
        if held is None:
            return False
        project, take = held
        shown = from_take(take)
        if shown is not None and shown.preview == song.preview:
            return True
        found = await stages.of_takes(work.session, [take.id])
        stage = _named(found, StageName.ARRANGEMENT)
        await artifacts.add(work.session, [_artifact(stage, file) for file in files])
        _adopt(project, take, song)
        event = ProjectEvent(type=EventType.PREVIEW_READY, progress=progress_of(found))
        await announce(platform, work, project, take, event)
    return True


async def _secure(platform: Platform, files: list[MadeFile]) -> None:
    """Let the disk have the files before a row names them."""
    await asyncio.gather(*(platform.storage.secure(file.path) for file in files))


async def _hold_with_files(
    platform: Platform, work: UnitOfWork, run: Run, files: list[MadeFile], stage: StageName
) -> tuple[Project, Take] | None:
    """Keep the files and lock the take; None and no files where the run has lost it."""
    await artifacts.share_files(work.session)
    for file in files:
        await _keep(platform, file, stage)
    held = await takes.hold(work.session, run)
    if held is None:
        work.after_commit(lambda: delete_unused(platform, [file.key for file in files]))
    return held


async def _keep(platform: Platform, file: MadeFile, stage: StageName) -> None:
    """Move the file into the storage, unless an earlier try did."""
    if await asyncio.to_thread(file.path.exists):
        await platform.storage.put_file(file.key, file.path)
    elif await platform.storage.size(file.key) != file.size_bytes:
        raise StageFailed(f"The file {file.name} got lost.", stage=stage.value, retryable=True)


def _named(found: Sequence[Stage], name: StageName) -> Stage:
    return next(stage for stage in found if stage.name == name.value)


def _artifact(stage: Stage, file: MadeFile) -> Artifact:
    return Artifact(
        stage_id=stage.id,
        name=file.name,
        key=file.key,
        size_bytes=file.size_bytes,
        media_type=file.media_type,
    )


def _adopt(project: Project, take: Take, song: SongSummary) -> None:
    """Show the song; its title too, unless the user gave one."""
    before = from_take(take)
    shown = before.title if before else title_from(project.prompt)
    if project.title == shown and not take.request.get("title"):
        project.title = song.title[:200]
    take.song, take.duration_seconds = song.as_json(), song.duration_seconds


async def _complete(platform: Platform, work: UnitOfWork, project: Project, take: Take) -> None:
    take.status, take.completed_at, take.run_id = Status.COMPLETED, now(), None
    standing.end(project, take)
    event = ProjectEvent(type=EventType.PROJECT_COMPLETED, progress=1.0)
    await announce(platform, work, project, take, event)
