"""Queries on files that were made when somebody asked for them; they can be made again."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Artifact

PREFIX = "downloads/"
"""Begins the names of these artifacts; the rest is the download's own name."""


async def remove_before(session: AsyncSession, moment: datetime) -> Sequence[str]:
    """Forget the downloads that were made before then; return their keys."""
    old = (col(Artifact.name).startswith(PREFIX), col(Artifact.created_at) < moment)
    keys = (await session.exec(select(Artifact.key).where(*old).distinct())).all()
    await session.exec(delete(Artifact).where(*old))
    return keys
