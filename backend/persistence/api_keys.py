"""Queries on API keys."""

from collections.abc import Sequence

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import ApiKey


async def valid(session: AsyncSession, digest: str) -> ApiKey | None:
    """Return the key with that digest unless it has been revoked."""
    query = select(ApiKey).where(ApiKey.digest == digest, col(ApiKey.revoked_at).is_(None))
    return (await session.exec(query)).first()


async def is_valid(session: AsyncSession, key_id: str) -> bool:
    """Return whether there is such a key and it has not been revoked."""
    query = select(ApiKey.id).where(ApiKey.id == key_id, col(ApiKey.revoked_at).is_(None))
    return (await session.exec(query)).first() is not None


async def of_user(session: AsyncSession, user_id: str) -> Sequence[ApiKey]:
    """Return the user's keys that have not been revoked, newest first."""
    query = (
        select(ApiKey)
        .where(ApiKey.user_id == user_id, col(ApiKey.revoked_at).is_(None))
        .order_by(col(ApiKey.created_at).desc(), col(ApiKey.id))
    )
    return (await session.exec(query)).all()


async def count_of_user(session: AsyncSession, user_id: str) -> int:
    """Return how many keys the user has that have not been revoked."""
    query = select(func.count()).where(ApiKey.user_id == user_id, col(ApiKey.revoked_at).is_(None))
    return (await session.exec(query)).one()


async def lock_owned(session: AsyncSession, user_id: str, key_id: str) -> ApiKey | None:
    """Return the key if it is the user's; nobody else changes it until the commit."""
    query = select(ApiKey).where(ApiKey.id == key_id, ApiKey.user_id == user_id)
    return (await session.exec(query.with_for_update())).first()
