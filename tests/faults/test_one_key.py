"""Fifty connections with one idempotency key: one song."""

import asyncio

import httpx
import pytest

from backend.services import library
from backend.settings import Settings
from tests.fixtures.engine import ALICE, PATIENCE_SECONDS, opened
from tests.fixtures.killable_api import KillableApi, killable_api

pytestmark = pytest.mark.faults

CONNECTIONS = 50
START = """mutation($input: GenerateFullSongInput!) { generateFullSong(input: $input) {
  ... on ProjectStarted { project { id } } } }"""


async def start(api: KillableApi) -> str:
    wish = {"prompt": "calm", "idempotencyKey": "the same"}
    body = {"query": START, "variables": {"input": wish}}
    headers = {"Authorization": f"Bearer {api.token('alice')}"}
    async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as connection:
        url = f"http://127.0.0.1:{api.port}/graphql"
        answer = await connection.post(url, json=body, headers=headers)
    return str(answer.json()["data"]["generateFullSong"]["project"]["id"])


async def test_one_project_comes_of_it(settings: Settings) -> None:
    async with opened(settings) as platform:
        with killable_api(settings) as api:
            found = await asyncio.gather(*(start(api) for _ in range(CONNECTIONS)))
        assert len(set(found)) == 1
        assert (await library.projects(platform, ALICE)).total_count == 1
