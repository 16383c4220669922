"""The API is killed, or told to stop, while people watch: they come back and miss nothing."""

import asyncio
import signal
from pathlib import Path

import httpx
import pytest

from backend.launch.api import DRAIN_SECONDS
from backend.models import ProjectEvent
from backend.pipeline.artifacts import StageName
from backend.services import making, projects
from backend.services.projects import StartSong
from backend.settings import Settings
from tests.fixtures.engine import ALICE, PATIENCE_SECONDS, opened, until
from tests.fixtures.killable_api import KillableApi, killable_api
from tests.fixtures.played_worker import PlayedWorker
from tests.fixtures.socket_client import SocketClient
from tests.fixtures.subscribers import stays

pytestmark = pytest.mark.faults

CLIENTS = 20
SERVICE_RESTART = 1012
"""Clients of graphql-ws come back after it."""


class Audience:
    """People who watch a song over the network while somebody plays the worker."""

    def __init__(self, api: KillableApi, project_id: str) -> None:
        self.clients = [
            SocketClient(api.port, api.token("alice"), project_id) for _ in range(CLIENTS)
        ]
        self.watching = [asyncio.create_task(client.watch()) for client in self.clients]

    async def all_have_seen(self, count: int) -> None:
        async def seen() -> bool:
            return all(len(client.seen) >= count for client in self.clients)

        await until(seen)

    async def everything(self) -> list[list[tuple[str, str]]]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await asyncio.gather(*self.watching)


def as_sent(events: list[ProjectEvent]) -> list[str]:
    return [event.type.name for event in events]


async def report_on(worker: PlayedWorker, count: int) -> None:
    for number in range(count):
        await making.report_progress(
            worker.platform, worker.run, StageName.PLANNING, number / 100, f"part {number}"
        )
        await asyncio.sleep(0.02)


async def test_killed_while_twenty_watch(settings: Settings, tmp_path: Path) -> None:
    async with opened(settings) as platform:
        with killable_api(settings) as api:
            project = await projects.start(platform, ALICE, StartSong("calm"))
            worker = PlayedWorker(platform, tmp_path)
            await worker.claim(project.id)
            await making.begin_stage(platform, worker.run, StageName.PLANNING)
            audience = Audience(api, project.id)
            await audience.all_have_seen(1)
            for _ in range(2):
                before = len(audience.clients[0].seen)
                reporting = asyncio.create_task(report_on(worker, 30))
                await audience.all_have_seen(before + 5)
                api.kill()
                await reporting
                api.start_again()
                await audience.all_have_seen(before + 25)
            for stage in StageName:
                await worker.step(stage)
            seen = await audience.everything()
            record = as_sent(await stays(platform, project.id))
    for client in audience.clients:
        assert len(client.closed) >= 2
    for events in seen:
        assert [kind for _, kind in events] == record
        assert len({cursor for cursor, _ in events}) == len(record)


async def test_told_to_stop_it_sends_everybody_to_the_next(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    async with opened(sqlite_settings) as platform:
        with killable_api(sqlite_settings) as api:
            project = await projects.start(platform, ALICE, StartSong("calm"))
            worker = PlayedWorker(platform, tmp_path)
            await worker.claim(project.id)
            await making.begin_stage(platform, worker.run, StageName.PLANNING)
            audience = Audience(api, project.id)
            await audience.all_have_seen(1)
            api.process.terminate()
            assert await asyncio.to_thread(api.process.wait, PATIENCE_SECONDS) == -signal.SIGTERM
            api.start_again()
            for stage in StageName:
                await worker.step(stage)
            seen = await audience.everything()
            record = as_sent(await stays(platform, project.id))
    assert {client.closed[0] for client in audience.clients} == {SERVICE_RESTART}
    assert all([kind for _, kind in events] == record for events in seen)


async def test_told_to_stop_it_does_not_wait_for_streams_that_never_end(
    sqlite_settings: Settings,
) -> None:
    with killable_api(sqlite_settings) as api:
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as connection:
            request = connection.build_request(
                "POST",
                f"http://127.0.0.1:{api.port}/graphql/stream",
                json={"query": "subscription { dashboard { running { id } } }"},
                headers={
                    "Authorization": f"Bearer {api.token('alice')}",
                    "Accept": "text/event-stream",
                },
            )
            stream = await connection.send(request, stream=True)
            chunks = stream.aiter_bytes()
            assert b"dashboard" in await anext(chunks)
            api.process.terminate()
            async with asyncio.timeout(DRAIN_SECONDS - 1):
                with pytest.raises(httpx.RemoteProtocolError):
                    async for _ in chunks:
                        pass
            assert await asyncio.to_thread(api.process.wait, PATIENCE_SECONDS) == -signal.SIGTERM
