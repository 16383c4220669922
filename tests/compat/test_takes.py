"""Clients that know nothing of takes hear the current one and follow the one in work."""

from pathlib import Path

import httpx

from backend.auth import Viewer
from backend.services import editing, library, projects
from backend.services.editing import RemixTake
from backend.services.mix_request import MixChange
from backend.services.platform import Platform
from tests.fixtures.played_worker import PlayedWorker

MUSIC = "/api/v1/music"


async def test_an_edit_is_followed_while_the_song_can_be_heard(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, user_id: str
) -> None:
    started = await client.post(f"{MUSIC}/generate/full-song", json={"prompt": "calm"})
    project_id = started.json()["project_id"]
    await PlayedWorker(backstage, tmp_path).finish(project_id, reports=0)
    before = (await client.get(f"{MUSIC}/project/{project_id}/aggregate")).json()
    viewer = Viewer(user_id)
    take_id = (await library.project(backstage, viewer, project_id)).current_take_id or ""
    await editing.remix(backstage, viewer, RemixTake(take_id, MixChange()))
    during = (await client.get(f"{MUSIC}/project/{project_id}/aggregate")).json()
    assert (during["status"], during["progress"]) == ("queued", 0.0)
    assert during["song"]["title"] == before["song"]["title"]
    assert (during["current_stage"], during["completed_at"]) == ("planning", before["completed_at"])
    listed = (await client.get(f"{MUSIC}/projects")).json()["items"][0]
    assert (listed["status"], listed["progress"]) == ("queued", 0.0)
    await projects.cancel(backstage, viewer, project_id)
    after = (await client.get(f"{MUSIC}/project/{project_id}/status")).json()
    assert (after["status"], after["progress"], after["error"]) == ("completed", 1.0, None)
