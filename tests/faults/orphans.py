"""Walks database, storage and streams, and holds them against each other."""

from sqlmodel import select

from backend.events.messages import decode, encode
from backend.models import Artifact, EventType, Outbox, Project, ProjectEvent, Stage, Status, Take
from backend.services.platform import Platform
from backend.services.song_summary import from_take

ENDS = {
    Status.COMPLETED: EventType.PROJECT_COMPLETED,
    Status.FAILED: EventType.PROJECT_FAILED,
    Status.CANCELLED: EventType.PROJECT_CANCELLED,
}


async def nothing_is_orphaned(platform: Platform, *, unpublished: int = 0) -> None:
    """Fail unless rows, files and streams agree; every song must have ended.

    Parameters
    ----------
    unpublished : int
        How many events at most may stand in the database alone: because who had written them was
        killed before they were published, or because another process was quicker with a later one
        (so on a machine so busy that a run is taken for dead while it still lives).
        Who watches reads them there.
    """
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
    assert {take.parent_id for take in takes.values()} <= {None, *takes}
    for take in takes.values():
        await _agrees(platform, take)
        _ended_as_it_says(take, [event for event in events if event.take_id == take.id])
    for project in projects.values():
        _stands_where_its_takes_do(
            project, {row.id: row for row in takes.values() if row.project_id == project.id}
        )
        _counts(project, [event.seq for event in events if event.project_id == project.id])
    stored = {key async for key in platform.storage.all_keys()}
    named = {artifact.key for artifact in artifacts}
    assert stored == named
    missing: list[str] = []
    for project_id, stream in (await _streams(platform)).items():
        rows = {event.seq: event for event in events if event.project_id == project_id}
        missing += _rows_that_are_missing_in(stream, rows)
    assert len(missing) <= unpublished, f"missing in the streams: {missing}"


async def _agrees(platform: Platform, take: Take) -> None:
    """Hold a take against its files; one that waits or is being made has not ended."""
    assert take.status.is_final
    assert take.run_id is None
    song = from_take(take)
    if take.status is Status.COMPLETED:
        assert song is not None
        assert song.midi is not None
        for file in (*song.audio, song.midi):
            assert await platform.storage.size(file.key) == file.size_bytes


def _ended_as_it_says(take: Take, events: list[ProjectEvent]) -> None:
    last = max(events, key=lambda event: event.seq)
    assert last.type is ENDS[take.status]
    completed = [event for event in events if event.type is EventType.PROJECT_COMPLETED]
    assert len(completed) == (take.status is Status.COMPLETED)


def _stands_where_its_takes_do(project: Project, takes: dict[str, Take]) -> None:
    current = takes[project.current_take_id or ""]
    assert project.working_take_id is None
    assert project.status is current.status
    completed = [take for take in takes.values() if take.status is Status.COMPLETED]
    assert current in completed or not completed


def _counts(project: Project, numbers: list[int]) -> None:
    assert sorted(numbers) == list(range(1, project.last_event_seq + 1))


async def _streams(platform: Platform) -> dict[str, list[tuple[str, ProjectEvent]]]:
    """Return what is kept of the streams: names and events of their entries."""
    redis = platform.queue.redis  # type: ignore[attr-defined]
    return {
        key.decode().rpartition(":")[2]: [
            (name.decode(), decode(fields[b"event"])) for name, fields in await redis.xrange(key)
        ]
        async for key in redis.scan_iter("aimusic:events:*")
    }


def _rows_that_are_missing_in(
    stream: list[tuple[str, ProjectEvent]], rows: dict[int, ProjectEvent]
) -> list[str]:
    """Hold each entry against its row; return what rows after the first entry have none."""
    for name, event in stream:
        assert name == f"{event.seq}-0"
        assert encode(event) == encode(rows[event.seq])
    published = {event.seq for _, event in stream}
    return [
        f"{seq} of {len(rows)}: {row.type.value} {row.stage or ''}"
        for seq, row in rows.items()
        if seq >= min(published) and seq not in published
    ]
