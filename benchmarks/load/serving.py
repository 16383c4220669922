"""Servers one after another, each in a process of its own."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)

from backend.app import create_app
from backend.auth.tokens import issue
from backend.launch.api import configuration
from backend.schema.streams import GraphQLStreams
from backend.services.platform import Platform
from backend.settings import Settings

USER = "listener"
OURS, STOCK = "ours", "stock"
TASKS = "/tasks"
LIBRARY = "{ projects(first: 1) { edges { node { id } } } }"
POOLED = 20
"""More at once than a server keeps connections to its database."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return what it has computed."""
        return float(sum(self.process.cpu_times()[:2]))

    async def open_connections(self, token: str) -> None:
        """Let it open what it opens but once: its connections to the database and to Redis."""
        headers = {"authorization": f"Bearer {token}"}
        limits = httpx.Limits(max_connections=POOLED)
        async with httpx.AsyncClient(headers=headers, limits=limits) as client:
            address, query = f"http://127.0.0.1:{self.port}/graphql", {"query": LIBRARY}
            for answer in await asyncio.gather(
                *(client.post(address, json=query) for _ in range(4 * POOLED))
            ):
                answer.raise_for_status()

    async def until_idle(self) -> None:
        """Wait until it has nothing to do."""
        busy = -1.0
        while (now := self.cpu_seconds()) - busy > 0.02:
            busy = now
            await asyncio.sleep(0.5)


class Bench:
    """Where servers are put under load.

    Parameters
    ----------
    platform : Platform
        Over the same database and Valkey as the servers.
    folder : Path
        Where these lie.
    quick : bool
        Whether figures may be rough.
    """

    def __init__(self, platform: Platform, folder: Path, *, quick: bool) -> None:
        self.platform = platform
        self.quick = quick
        self.rounds = 1 if quick else 3
        self.seconds = 2.0 if quick else 6.0
        self._folder = folder
        self._port = 20_000 + time.time_ns() % 20_000

    @property
    def token(self) -> str:
        """Prove to be the user."""
        return issue(self.platform.settings.secret_key, USER, 3600)

    @asynccontextmanager
    async def serving(self, kind: str) -> AsyncIterator[Server]:
        """Run a server of that kind until it is not needed any more."""
        self._port += 1
        options = ["--serve", kind, str(self._folder), str(self._port)]
        process = subprocess.Popen([sys.executable, "-m", "benchmarks.load", *options])  # noqa: ASYNC220, S603 - ourselves
        try:
            await self._until_it_answers()
            server = Server(self._port, psutil.Process(process.pid))
            await server.open_connections(self.token)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    async def _until_it_answers(self) -> None:
        for _ in range(300):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return
        sys.exit("the server did not start")


def serve(kind: str, folder: str, port: str) -> None:
    """Be the server: the product as it is served, or Strawberry's connections on plain uvicorn."""
    settings = settings_in(Path(folder))
    if kind == STOCK:
        GraphQLStreams.graphql_transport_ws_handler_class = BaseGraphQLTransportWSHandler
        config = uvicorn.Config(create_app(settings), log_config=None, access_log=False)
        config.ws_per_message_deflate = False
    else:
        config = configuration(settings)
    config.app = counting_tasks(config.app)
    config.port = int(port)
    uvicorn.Server(config).run()


def counting_tasks(app: object) -> ASGIApp:
    """Let the server say how many tasks it has."""

    async def counted(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == TASKS:
            body = str(len(asyncio.all_tasks())).encode()
            length = [(b"content-length", str(len(body)).encode())]
            await send({"type": "http.response.start", "status": 200, "headers": length})
            await send({"type": "http.response.body", "body": body})
        else:
            await app(scope, receive, send)  # type: ignore[operator]  # an application, as uvicorn takes it

    return counted


def settings_in(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder / 'music.db'}",
        redis_url=f"unix://{folder / 'v.sock'}?db=0",
        secret_key="x" * 40,
        log_level="error",
        rate_limit_requests=10**9,
        rate_limit_songs=10**9,
        max_sockets_per_address=10**6,
        max_sockets_per_user=10**6,
    )
