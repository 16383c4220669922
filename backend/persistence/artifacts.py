"""Queries on artifacts, and the lock between those who add files and those who delete them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, text
from sqlmodel import col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Artifact, Stage, Status, Take

FILES_LOCK = 0x61_72_74
"""Any number that no other advisory lock of the product uses."""


async def of_take(session: AsyncSession, take_id: str) -> Sequence[tuple[str, Artifact]]:
    """Return (stage name, artifact) of everything the take has left so far."""
    query = (
        select(Stage.name, Artifact)
        .join(Stage, col(Artifact.stage_id) == col(Stage.id))
        .where(Stage.take_id == take_id)
        .order_by(col(Stage.position), col(Artifact.name))
    )
    return (await session.exec(query)).all()


async def of_takes(
    session: AsyncSession, take_ids: Sequence[str]
) -> Sequence[tuple[str, Artifact]]:
    """Return (take id, artifact) of everything the takes have left so far."""
    query = (
        select(Stage.take_id, Artifact)
        .join(Stage, col(Artifact.stage_id) == col(Stage.id))
        .where(col(Stage.take_id).in_(take_ids))
    )
    return (await session.exec(query)).all()


async def replace_of_stage(
    session: AsyncSession, stage_id: str, artifacts: Sequence[Artifact]
) -> None:
    """Make these the stage's artifacts."""
    await session.exec(delete(Artifact).where(col(Artifact.stage_id) == stage_id))
    await add(session, artifacts)


async def add(session: AsyncSession, artifacts: Sequence[Artifact]) -> None:
    """Add artifacts to those that their stages have."""
    session.add_all(artifacts)
    await session.flush()


async def remove_of_stage(session: AsyncSession, stage_id: str) -> Sequence[str]:
    """Delete the stage's artifacts; return the keys they had."""
    return await _remove(session, col(Artifact.stage_id) == stage_id)


async def remove_of_take(session: AsyncSession, take_id: str) -> Sequence[str]:
    """Delete the take's artifacts; return the keys they had."""
    found = select(Stage.id).where(Stage.take_id == take_id)
    return await _remove(session, col(Artifact.stage_id).in_(found))


async def of_completed(
    session: AsyncSession, stage_name: str
) -> Sequence[tuple[datetime, Artifact]]:
    """Return what that stage has left in all completed takes, with their ends, newest first."""
    query = (
        select(Take.completed_at, Artifact)
        .join(Stage, col(Artifact.stage_id) == col(Stage.id))
        .join(Take, col(Stage.take_id) == col(Take.id))
        .where(Stage.name == stage_name, Take.status == Status.COMPLETED)
        .order_by(col(Take.completed_at).desc())
    )
    found = (await session.exec(query)).all()
    return [(ended, artifact) for ended, artifact in found if ended is not None]


async def of_ended(session: AsyncSession, name_like: str, before: datetime) -> Sequence[str]:
    """Return the keys of files, named so, of takes that ended before then; none of one in work."""
    query = (
        select(Artifact.key)
        .join(Stage, col(Artifact.stage_id) == col(Stage.id))
        .join(Take, col(Stage.take_id) == col(Take.id))
        .where(col(Artifact.name).like(name_like))
        .group_by(col(Artifact.key))
        .having(
            func.count() == func.count(col(Take.completed_at)),
            func.max(Take.completed_at) < before,
        )
    )
    return (await session.exec(query)).all()


async def replace_file(
    session: AsyncSession, key: str, *, by: str, size_bytes: int, media_type: str
) -> bool:
    """Let all artifacts that have the key name another file; return whether there were any."""
    found = (await session.exec(select(Artifact).where(Artifact.key == key))).all()
    for artifact in found:
        artifact.name = f"{artifact.name.rpartition('.')[0]}.{by.rpartition('.')[2]}"
        artifact.key, artifact.size_bytes, artifact.media_type = by, size_bytes, media_type
    return bool(found)


async def remove_of_project(session: AsyncSession, project_id: str) -> Sequence[str]:
    """Delete the project's artifacts; return the keys they had."""
    stages = (
        select(Stage.id)
        .join(Take, col(Stage.take_id) == col(Take.id))
        .where(Take.project_id == project_id)
    )
    return await _remove(session, col(Artifact.stage_id).in_(stages))


async def unused(session: AsyncSession, keys: Sequence[str]) -> Sequence[str]:
    """Return those of the keys that no artifact has."""
    used = set((await session.exec(select(Artifact.key).where(col(Artifact.key).in_(keys)))).all())
    return [key for key in keys if key not in used]


async def share_files(session: AsyncSession) -> None:
    """Until the commit, nobody deletes files; others may add theirs at the same time."""
    await _advise(session, "SELECT pg_advisory_xact_lock_shared(:lock)")


async def own_files(session: AsyncSession) -> None:
    """Until the commit, nobody else adds or deletes files."""
    await _advise(session, "SELECT pg_advisory_xact_lock(:lock)")


async def _remove(session: AsyncSession, which: ColumnElement[bool]) -> Sequence[str]:
    keys = (await session.exec(select(Artifact.key).where(which).distinct())).all()
    await session.exec(delete(Artifact).where(which))
    return keys


async def _advise(session: AsyncSession, statement: str) -> None:
    """SQLite needs no lock: it has one writer at a time."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(text(statement), {"lock": FILES_LOCK})
