"""Watching over each of the four transports, with the client that npm has for it."""

import asyncio
from pathlib import Path

import httpx
import pytest

from backend.pipeline.artifacts import StageName
from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import started

CLIENT = Path(__file__).with_name("transports.mjs")
TRANSPORTS = ["graphql-transport-ws", "graphql-ws", "sse", "multipart"]
EVENTS = [str(number) for number in range(1, 22)]


async def watching(
    transport: str, api: Api, user_id: str, project_id: str
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *("node", CLIENT, transport, api.url, api.token(user_id), project_id),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def seen_by(process: asyncio.subprocess.Process) -> list[str]:
    output, errors = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, errors.decode()
    return output.decode().splitlines()


async def test_every_client_sees_every_event_once(
    api: Api, client: httpx.AsyncClient, user_id: str, backstage: Platform, tmp_path: Path
) -> None:
    """All at the same time, begun while the song is made."""
    project_id = await started(client)
    worker = PlayedWorker(backstage, tmp_path)
    await worker.claim(project_id)
    await worker.step(StageName.PLANNING)
    processes = [await watching(name, api, user_id, project_id) for name in TRANSPORTS]
    for stage in list(StageName)[1:]:
        await asyncio.sleep(0.1)
        await worker.step(stage)
    for name, process in zip(TRANSPORTS, processes, strict=True):
        assert await seen_by(process) == EVENTS, name


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_every_client_reads_the_code_of_an_error(
    api: Api, user_id: str, transport: str
) -> None:
    process = await watching(transport, api, user_id, "no-such-project")
    assert await seen_by(process) == ["error NOT_FOUND"]
