"""Queries on share links."""

from collections.abc import Sequence

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.models import Project, ShareLink, Take
from backend.persistence.insertion import insert_new


async def of_projects(session: AsyncSession, project_ids: Sequence[str]) -> Sequence[ShareLink]:
    """Return the links of the projects."""
    query = select(ShareLink).where(col(ShareLink.project_id).in_(project_ids))
    return (await session.exec(query)).all()


async def ensure(session: AsyncSession, link: ShareLink) -> ShareLink:
    """Return the project's link: this one, unless it has one already."""
    await insert_new(session, link)
    query = select(ShareLink).where(ShareLink.project_id == link.project_id)
    return (await session.exec(query)).one()


async def opened_by(session: AsyncSession, token: str) -> tuple[Project, Take] | None:
    """Return the project that the token opens, with its current take."""
    query = (
        select(Project, Take)
        .join(ShareLink, col(ShareLink.project_id) == col(Project.id))
        .join(Take, col(Take.id) == col(Project.current_take_id))
        .where(ShareLink.token == token)
    )
    return (await session.exec(query)).first()


async def remove_of_project(session: AsyncSession, project_id: str) -> None:
    """Delete the project's link."""
    await session.exec(delete(ShareLink).where(col(ShareLink.project_id) == project_id))
