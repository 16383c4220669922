"""Walks database, storage and streams, and holds them against each other."""

from sqlmodel import select

from backend.models import Artifact, EventType, Outbox, Project, ProjectEvent, Stage, Status, Take
from backend.services.platform import Platform
from backend.services.song_summary import from_take

ENDS = {
    Status.COMPLETED: EventType.PROJECT_COMPLETED,
    Status.FAILED: EventType.PROJECT_FAILED,
    Status.CANCELLED: EventType.PROJECT_CANCELLED,
}


async def nothing_is_orphaned(platform: Platform) -> None:
    """Fail unless rows, files and streams agree; every song must have ended."""
    async with platform.database.read() as session:
        projects = {row.id: row for row in (await session.exec(select(Project))).all()}
        takes = {row.id: row for row in (await session.exec(select(Take))).all()}
        stages = {row.id: row for row in (await session.exec(select(Stage))).all()}
        artifacts = (await session.exec(select(Artifact))).all()
        events = (await session.exec(select(ProjectEvent))).all()
        assert (await session.exec(select(Outbox))).all() == []
    assert {take.project_id for take in takes.values()} == set(projects)
    assert {stage.take_id for stage in stages.values()} == set(takes)
    assert {artifact.stage_id for artifact in artifacts} <= set(stages)
    assert {event.project_id for event in events} <= set(projects)
    for project in projects.values():
        await _agrees(platform, project, takes[project.current_take_id or ""])
        _ended_as_it_says(project, [one for one in events if one.project_id == project.id])
    stored = {key async for key in platform.storage.all_keys()}
    named = {artifact.key for artifact in artifacts}
    assert stored == named
    redis = platform.queue.redis  # type: ignore[attr-defined]
    streams = {key.decode().rpartition(":")[2] async for key in redis.scan_iter("aimusic:events:*")}
    assert streams <= set(projects)


async def _agrees(platform: Platform, project: Project, take: Take) -> None:
    assert project.status is take.status
    assert project.status.is_final
    assert take.run_id is None
    song = from_take(take)
    if project.status is Status.COMPLETED:
        assert song is not None
        assert song.midi is not None
        for file in (*song.audio, song.midi):
            assert await platform.storage.size(file.key) == file.size_bytes


def _ended_as_it_says(project: Project, events: list[ProjectEvent]) -> None:
    events.sort(key=lambda event: event.seq)
    assert [event.seq for event in events] == list(range(1, project.last_event_seq + 1))
    assert events[-1].type is ENDS[project.status]
    completed = [event for event in events if event.type is EventType.PROJECT_COMPLETED]
    assert len(completed) == (project.status is Status.COMPLETED)
