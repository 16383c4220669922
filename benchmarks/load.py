"""How much one process of the API can deliver, beside stock Strawberry, in one run.

    python -m benchmarks.load             deliveries per CPU second, latency, memory, one who stalls
    python -m benchmarks.load --quick     fewer seconds for each figure

Both servers serve the same schema over the same events; one has the product's connections, the
other Strawberry's own. Only the CPU time and the memory of the server's process are counted.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvicorn
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
)

from backend.auth import Viewer
from backend.auth.tokens import issue
from backend.jobs.queue import open_queue
from backend.launch.api import configuration
from backend.launch.valkey import EmbeddedValkey
from backend.models import EventType, ProjectEvent
from backend.persistence.migrate import upgrade
from backend.schema.streams import GraphQLStreams
from backend.services import projects
from backend.services.platform import Platform, open_platform
from backend.services.projects import StartSong
from backend.settings import Settings
from benchmarks.listener import Listener

USER = "listener"
OURS, STOCK = "ours", "stock"


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run showed."""

    deliveries: int
    cpu_seconds: float
    latencies_ms: list[float]
    bytes_each: float

    @property
    def per_cpu_second(self) -> float:
        """Messages that one second of the server's CPU sends."""
        return self.deliveries / self.cpu_seconds

    def latency(self, percent: int) -> float:
        """Milliseconds from publishing to arrival, as a percentile."""
        return statistics.quantiles(self.latencies_ms, n=100)[percent - 1]

    def __str__(self) -> str:
        return (
            f"{self.per_cpu_second:9.0f} deliveries/CPU s   "
            f"p50 {self.latency(50):6.1f} ms   p99 {self.latency(99):6.1f} ms   "
            f"{self.bytes_each / 1024:5.1f} KiB each"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="shorter")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(*options.serve)
    else:
        asyncio.run(compare(seconds=2.0 if options.quick else 6.0))


def serve(kind: str, folder: str, port: str) -> None:
    """Be the server."""
    if kind == STOCK:
        GraphQLStreams.graphql_transport_ws_handler_class = BaseGraphQLTransportWSHandler
    config = configuration(settings_in(Path(folder)))
    if kind == STOCK:
        config = uvicorn.Config(
            config.app, log_config=None, access_log=False, ws_per_message_deflate=False
        )
    config.port = int(port)
    uvicorn.Server(config).run()


def settings_in(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder / 'music.db'}",
        redis_url=f"unix://{folder / 'v.sock'}?db=0",
        secret_key="x" * 40,
        log_level="error",
        rate_limit_requests=10**9,
        max_sockets_per_address=10**6,
        max_sockets_per_user=10**6,
    )


async def compare(seconds: float) -> None:
    """Print everything side by side."""
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        settings = settings_in(folder)
        await asyncio.to_thread(upgrade, settings.database_url)
        with EmbeddedValkey(folder, folder / "v.sock"):
            async with (
                open_queue(settings) as queue,
                open_platform(settings, queue) as platform,
            ):
                load = Load(platform, folder)
                for listeners, rate in ((100, 20.0), (1000, 4.0)):
                    await side_by_side(load, listeners, rate, seconds)
                await one_stalls(load, seconds)


async def side_by_side(load: "Load", listeners: int, rate: float, seconds: float) -> None:
    print(f"\n{listeners} subscribers, {rate:g} events/s")
    found = {}
    for kind in (STOCK, OURS):
        found[kind] = await load.run(kind, listeners, rate, seconds)
        print(f"  {kind:6}{found[kind]}")
    ratio = found[OURS].per_cpu_second / found[STOCK].per_cpu_second
    print(f"  ratio {ratio:8.1f} × the deliveries per CPU second (to hold: at least 5)")


async def one_stalls(load: "Load", seconds: float) -> None:
    print("\n500 subscribers, 10 events/s (to hold: p99 under 150 ms)")
    calm = await load.run(OURS, 500, 10.0, seconds)
    print(f"  all read   {calm}")
    stalled = await load.run(OURS, 500, 10.0, seconds, stalled=1)
    print(f"  one stalls {stalled}")
    change = stalled.latency(99) / calm.latency(99) - 1
    print(f"  p99 of the others changes by {change:+.0%} (to hold: at most +20 %)")


class Load:
    """Servers one after another, and what they are put under."""

    def __init__(self, platform: Platform, folder: Path) -> None:
        self._platform = platform
        self._folder = folder
        self._port = 20_000 + time.time_ns() % 20_000

    async def run(
        self, kind: str, listeners: int, rate: float, seconds: float, *, stalled: int = 0
    ) -> Figures:
        """Let everybody listen to one project for a while."""
        project = await projects.start(self._platform, Viewer(USER), StartSong("load"))
        self._port += 1
        with serving(kind, self._folder, self._port) as server:
            await self._until_it_answers()
            async with self._listening(server, project.id, 3) as warm:
                await self._publish(project.id, 0, 40, 100.0, warm)
            before = server.memory_info().rss
            async with self._listening(
                server, project.id, listeners, stalled=stalled, after=40
            ) as audience:
                used = server.memory_info().rss - before
                start = sum(server.cpu_times()[:2])
                await self._publish(project.id, 40, round(rate * seconds), rate, audience)
                cpu = sum(server.cpu_times()[:2]) - start
        latencies = [late * 1000 for one in audience for late in one.latencies]
        return Figures(len(latencies), cpu, latencies, used / (listeners + stalled))

    @asynccontextmanager
    async def _listening(
        self,
        server: psutil.Process,
        project_id: str,
        count: int,
        *,
        stalled: int = 0,
        after: int = 0,
    ) -> AsyncIterator[list[Listener]]:
        token = issue(self._platform.settings.secret_key, USER, 3600)
        async with AsyncExitStack() as open_ones:
            audience = []
            for number in range(count + stalled):
                one = await open_ones.enter_async_context(
                    Listener.connected(self._port, token, project_id, after)
                )
                if number < count:
                    audience.append(one)
                else:
                    one.stall()
            await until_idle(server)
            yield audience

    async def _publish(
        self, project_id: str, seen: int, count: int, rate: float, audience: list[Listener]
    ) -> None:
        """Publish at a steady rate; wait until all have everything."""
        start = time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
            event = ProjectEvent(
                project_id=project_id,
                seq=seen + number + 1,
                type=EventType.STAGE_PROGRESS,
                stage="rendering",
                progress=0.5,
                message=f"{time.monotonic():.6f}",
            )
            await self._platform.bus.publish(USER, event)
        deadline = time.monotonic() + 60
        while any(len(one.latencies) < count for one in audience):
            if time.monotonic() > deadline:
                sys.exit("events were lost")
            await asyncio.sleep(0.05)

    async def _until_it_answers(self) -> None:
        for _ in range(200):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return
        sys.exit("the server did not start")


async def until_idle(server: psutil.Process) -> None:
    """Wait until all have subscribed and the server has nothing to do."""
    busy = -1.0
    while (now := sum(server.cpu_times()[:2])) - busy > 0.02:
        busy = now
        await asyncio.sleep(0.5)


@contextmanager
def serving(kind: str, folder: Path, port: int) -> Iterator[psutil.Process]:
    """Run a server of that kind."""
    command = [sys.executable, "-m", "benchmarks.load", "--serve", kind, str(folder), str(port)]
    process = subprocess.Popen(command)  # noqa: S603 - this very module
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    main()
