"""What a GraphQL request costs, side by side with stock Strawberry, in CPU time on one core.

``python -m benchmarks.api`` starts an embedded Valkey and a SQLite database in a temporary folder,
puts projects into it, and sends the same requests in turn to two applications in this process:

* *ours*: the application of the product as it is served, with authentication, rate limits, logs,
  security headers, depth and cost limits;
* *stock*: the same types and resolvers in ``strawberry.Schema`` behind ``strawberry.asgi.GraphQL``,
  without any of that.

CPU time is that of the whole process (threads of the database included); the best of several rounds
counts, so that other programs on the machine disturb less. No network is involved.
"""

import argparse
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import strawberry
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL

from backend.app import create_app
from backend.auth import Viewer
from backend.auth.credentials import viewer_of_header
from backend.auth.tokens import issue
from backend.jobs.queue import open_queue
from backend.launch.valkey import EmbeddedValkey
from backend.persistence.migrate import upgrade
from backend.schema.context import Context
from backend.schema.mutation import Mutation
from backend.schema.problems import PROBLEM_HANDLERS
from backend.schema.query import Query
from backend.schema.subscription import Subscription
from backend.services import projects
from backend.services.platform import Platform, open_platform
from backend.services.projects import StartSong
from backend.settings import Settings

SIMPLE = "{ viewer { id } version { release } features { blockchain } }"
LIST = """{ projects(first: 20) { totalCount pageInfo { hasNextPage endCursor } nodes {
  id title status progress createdAt stages { name status progress }
} } }"""
USER = "benchmark"
ROUNDS = 7


class StockView(GraphQL[Context, None]):
    """Strawberry's own view with the context that the resolvers need."""

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Say who asks."""
        del response
        platform: Platform = request.state.platform
        header = request.headers.get("authorization")
        return Context(platform, viewer_of_header(platform.settings, header))


@dataclass(frozen=True)
class Served:
    """One application with its lifespan entered."""

    app: Starlette
    state: dict[str, Any]
    token: str

    async def ask(self, query: str) -> bytes:
        """Send one request and return the body of the answer."""
        body = orjson.dumps({"query": query})
        sent = [{"type": "http.request", "body": body, "more_body": False}]
        received = bytearray()
        headers = {
            "host": "benchmark",
            "content-type": "application/json",
            "content-length": str(len(body)),
            "authorization": f"Bearer {self.token}",
        }

        async def receive() -> Message:
            return sent.pop() if sent else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            received.extend(message.get("body", b""))
            assert message.get("status", 200) == 200, message

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": "/graphql",
            "raw_path": b"/graphql",
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
            "state": dict(self.state),
        }
        await self.app(scope, receive, send)
        return bytes(received)


@asynccontextmanager
async def both(settings: Settings) -> AsyncIterator[tuple[Served, Served]]:
    """Open the platform, and serve it in both ways."""
    stock_schema = strawberry.Schema(
        Query, Mutation, Subscription, exception_handlers=PROBLEM_HANDLERS
    )
    stock = Starlette(routes=[Route("/graphql", StockView(stock_schema), methods=["POST"])])
    token = issue(settings.secret_key, USER, 3600)
    async with open_queue(settings) as queue, open_platform(settings, queue) as platform:
        for number in range(20):
            await projects.start(platform, Viewer(USER), StartSong(f"A calm song, number {number}"))
        state = {"platform": platform}
        yield Served(create_app(settings), state, token), Served(stock, state, token)


async def cpu_seconds(ask: Callable[[], Awaitable[bytes]], count: int) -> float:
    """Return the CPU seconds that one request takes."""
    begin = time.process_time()
    for _ in range(count):
        await ask()
    return (time.process_time() - begin) / count


async def compare(ours: Served, stock: Served, query: str, count: int) -> tuple[float, float]:
    """Return the CPU seconds per request of both, measured in turn."""
    first, second = await ours.ask(query), await stock.ask(query)
    assert orjson.loads(first)["data"] == orjson.loads(second)["data"], first
    times = [
        (
            await cpu_seconds(lambda: ours.ask(query), count),
            await cpu_seconds(lambda: stock.ask(query), count),
        )
        for _ in range(ROUNDS)
    ]
    return min(mine for mine, _ in times), min(theirs for _, theirs in times)


async def run(settings: Settings, count: int) -> None:
    """Measure and print."""
    async with both(settings) as (ours, stock):
        print(f"{'':28}{'ours':>10}{'stock':>10}{'ratio':>8}")
        for name, query in (("simple query", SIMPLE), ("20 projects with stages", LIST)):
            mine, theirs = await compare(ours, stock, query, count)
            ratio = theirs / mine
            print(f"{name:28}{mine * 1e3:8.3f}ms{theirs * 1e3:8.3f}ms{ratio:7.1f}x")


def main() -> None:
    """Read the arguments and measure on one core."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=200, help="in each round (default 200)")
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(prefix="music-api-") as name:
        folder = Path(name)
        url = f"sqlite+aiosqlite:///{folder}/music.db"
        upgrade(url)
        with EmbeddedValkey(folder, folder / "v.sock") as valkey:
            settings = Settings(
                _env_file=None,
                data_dir=folder,
                database_url=url,
                redis_url=f"unix://{valkey.socket_path}?db=0",
                log_level="warning",
                rate_limit_requests=10_000_000,
            )
            uvloop.run(run(settings, arguments.requests))


if __name__ == "__main__":
    main()
