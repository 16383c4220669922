"""The API on SQLite and on Postgres."""

from pathlib import Path

import httpx

from backend.services.platform import Platform
from backend.settings import Settings
from tests.fixtures.api import Api, serving
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import ask, data, started

READ = """query($id: ID!, $after: String) { project(id: $id) { status progress
  events(first: 10, after: $after) { totalCount nodes { id } pageInfo { endCursor } } } }"""
FIND = """query($search: String, $after: String) {
  projects(search: $search, after: $after) { totalCount } }"""


async def test_a_song_from_start_to_end(
    settings: Settings, platform: Platform, tmp_path: Path
) -> None:
    with serving(settings) as api:
        async with visitor(api) as client:
            project_id = await started(client, title="Regen in Köln 🎵", idempotencyKey="k")
            assert await started(client, title="Regen in Köln 🎵", idempotencyKey="k") == project_id
            await PlayedWorker(platform, tmp_path).finish(project_id)
            read = (await data(client, READ, id=project_id, after="5"))["project"]
            assert (read["status"], read["progress"]) == ("COMPLETED", 1.0)
            assert [node["id"] for node in read["events"]["nodes"]] == [
                str(n) for n in range(6, 16)
            ]
            found = await data(client, FIND, search="köln")
            assert found["projects"]["totalCount"] == 1


async def test_text_that_no_database_holds_is_no_failure(settings: Settings) -> None:
    nul = "\x00"
    with serving(settings) as api:
        async with visitor(api) as client:
            answers = [
                await ask(client, READ, id=nul),
                await ask(client, FIND, search=nul),
                await ask(client, FIND, after=nul),
                await ask(client, FIND, after="MToA"),
            ]
            rest = await client.get("/api/v1/music/project/%00/status")
    assert rest.status_code in {404, 422}
    codes = [error["extensions"]["code"] for a in answers for error in a.get("errors", [])]
    assert set(codes) <= {"INVALID_INPUT"}


def visitor(api: Api) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=api.url, headers=api.headers("alice"), timeout=30)
