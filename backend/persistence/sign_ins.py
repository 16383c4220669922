"""Queries on sign-ins."""

from datetime import datetime

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models.sign_in import SignIn


async def lock(session: AsyncSession, user_id: str, sign_in_id: str) -> SignIn | None:
    """Return the user's sign-in; nobody else changes it until the commit."""
    query = select(SignIn).where(SignIn.id == sign_in_id, SignIn.user_id == user_id)
    return (await session.exec(query.with_for_update())).first()


async def remove_expired(session: AsyncSession, user_id: str, at: datetime) -> None:
    """Delete the user's sign-ins that no token can prolong any more."""
    await session.exec(
        delete(SignIn).where(col(SignIn.user_id) == user_id, col(SignIn.expires_at) < at)
    )
