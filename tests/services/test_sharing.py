"""Who has the link hears the song; nobody else, and not after it is taken back."""

import asyncio
from pathlib import Path

import pytest

from backend.errors import Conflict, NotFound
from backend.models import Project
from backend.services import projects, sharing
from backend.services.platform import Platform
from backend.services.projects import StartSong
from tests.fixtures.engine import ALICE, BOB
from tests.fixtures.played_worker import PlayedWorker

pytestmark = pytest.mark.api


@pytest.fixture
async def finished(platform: Platform, tmp_path: Path) -> Project:
    project = await projects.start(platform, ALICE, StartSong("calm", title="Night Train"))
    await PlayedWorker(platform, tmp_path).finish(project.id, reports=0)
    return project


async def test_sharing_is_one_link_until_it_is_taken_back(
    platform: Platform, finished: Project
) -> None:
    links = await asyncio.gather(*(sharing.share(platform, ALICE, finished.id) for _ in range(4)))
    (token,) = {link.token for _, link in links}
    assert len(token) >= 32
    heard = await sharing.heard_by(platform, token)
    assert heard is not None
    assert heard.title == "Night Train"
    await sharing.unshare(platform, ALICE, finished.id)
    await sharing.unshare(platform, ALICE, finished.id)
    assert await sharing.heard_by(platform, token) is None
    _, again = await sharing.share(platform, ALICE, finished.id)
    assert again.token != token
    assert await sharing.heard_by(platform, again.token) is not None
    await projects.delete(platform, ALICE, finished.id)
    assert await sharing.heard_by(platform, again.token) is None


async def test_only_the_owner_shares_and_only_what_can_be_heard(
    platform: Platform, finished: Project
) -> None:
    for viewer, project_id in ((BOB, finished.id), (ALICE, "no-such-id")):
        with pytest.raises(NotFound):
            await sharing.share(platform, viewer, project_id)
        with pytest.raises(NotFound):
            await sharing.unshare(platform, viewer, project_id)
    waiting = await projects.start(platform, ALICE, StartSong("calm"))
    with pytest.raises(Conflict):
        await sharing.share(platform, ALICE, waiting.id)


@pytest.mark.parametrize("token", ["", "x", "%", "\x00", "a" * 5000])
async def test_no_other_token_opens_anything(
    platform: Platform, finished: Project, token: str
) -> None:
    await sharing.share(platform, ALICE, finished.id)
    assert await sharing.heard_by(platform, token) is None
