"""Queries on users."""

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import User
from backend.persistence.insertion import insert_new


async def ensure(session: AsyncSession, user_id: str) -> None:
    """Create the user when the token's subject is seen for the first time."""
    await insert_new(session, User(id=user_id))


async def lock(session: AsyncSession, user_id: str) -> User:
    """Return the user; nobody else changes the row until the commit."""
    return (await session.exec(select(User).where(User.id == user_id).with_for_update())).one()
