"""Let people without an account hear a song, and take that back."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from backend.auth import Viewer
from backend.errors import Conflict, NotFound
from backend.models import Project, ShareLink, Status
from backend.persistence import UnitOfWork, projects, share_links, takes
from backend.services.platform import Platform
from backend.services.song_summary import SongSummary, from_take

TOKEN_BYTES = 24
"""192 bits: nobody finds a link by trying."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""These bytes in base64 (RFC 4648 §5)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What whoever has a link hears."""

    title: str
    song: SongSummary
    take_id: str


async def share(platform: Platform, viewer: Viewer, project_id: str) -> tuple[Project, ShareLink]:
    """Make the project's link; a project that has one keeps it.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    Conflict
        If there is nothing to hear yet.
    """
    async with platform.database.write() as work:
        project = await _lock(work, viewer, project_id)
        current = await takes.by_ids(work.session, [project.current_take_id or ""])
        if not any(take.status is Status.COMPLETED for take in current):
            raise Conflict("There is nothing to hear yet; share the song once it is finished.")
        link = ShareLink(project_id=project.id, token=secrets.token_urlsafe(TOKEN_BYTES))
        link = await share_links.ensure(work.session, link)
    return project, link


async def unshare(platform: Platform, viewer: Viewer, project_id: str) -> Project:
    """Let the link, and the addresses of files under it, open nothing from now on.

    Sharing again makes another link.

    Raises
    ------
    NotFound
        If the viewer has no such project.
    """
    async with platform.database.write() as work:
        project = await _lock(work, viewer, project_id)
        await share_links.remove_of_project(work.session, project_id)
    return project


async def links_of(platform: Platform, project_ids: Sequence[str]) -> dict[str, ShareLink]:
    """Return the links of those of the projects that are shared."""
    async with platform.database.read() as session:
        found = await share_links.of_projects(session, project_ids)
    return {link.project_id: link for link in found}


async def heard_by(platform: Platform, token: str) -> Heard | None:
    """Return the current take that a link lets anybody hear."""
    if not TOKEN.fullmatch(token):
        return None
    async with platform.database.read() as session:
        found = await share_links.opened_by(session, token)
    if found is None or found[1].status is not Status.COMPLETED:
        return None
    project, take = found
    song = from_take(take)
    return Heard(project.title, song, take.id) if song else None


def path_of(link: ShareLink) -> str:
    """Return where the studio shows the song, relative to the server."""
    return f"/listen/{link.token}"


async def _lock(work: UnitOfWork, viewer: Viewer, project_id: str) -> Project:
    project = await projects.lock_owned(work.session, viewer.user_id, project_id)
    if project is None:
        raise NotFound("There is no such project.")
    return project
