"""Many who watch one song: what a delivery costs, how late it is, what a subscriber holds."""

import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from backend.auth import Viewer
from backend.models import EventType, ProjectEvent
from backend.services import projects
from backend.services.projects import StartSong
from benchmarks.listener import Listener
from benchmarks.load.serving import OURS, STOCK, USER, Bench, Server
from benchmarks.table import Line

FILLING, FILLING_BYTES = 600, 16_384
"""Events that fill the pipe to one who reads nothing: more than the kernel buffers on loopback."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run showed."""

    per_cpu_second: float
    """Messages that one second of the server's CPU sends."""
    p50_ms: float
    """From publishing to arrival."""
    p99_ms: float
    kib_each: float
    """What the server's memory grew by, per subscriber."""

    def __str__(self) -> str:
        return (
            f"{self.per_cpu_second:9.0f} deliveries/CPU s   p50 {self.p50_ms:7.1f} ms   "
            f"p99 {self.p99_ms:7.1f} ms   {self.kib_each:5.1f} KiB each"
        )


def median_of(runs: list[Figures]) -> Figures:
    return Figures(
        *(statistics.median(getattr(run, name) for run in runs) for name in Figures.__slots__)
    )


async def side_by_side(bench: Bench) -> list[Line]:
    """Compare with Strawberry's own connections."""
    lines = []
    for listeners, rate in ((100, 20.0), (1000, 4.0)):
        print(f"\n{listeners} subscribers, {rate:g} events/s, median of {bench.rounds}")
        runs: dict[str, list[Figures]] = {STOCK: [], OURS: []}
        for _ in range(bench.rounds):
            for kind, found in runs.items():
                found.append(await listen(bench, kind, listeners, rate))
        for kind, found in runs.items():
            print(f"  {kind:6}{median_of(found)}")
        ratio = statistics.median(
            ours.per_cpu_second / stock.per_cpu_second
            for stock, ours in zip(runs[STOCK], runs[OURS], strict=True)
        )
        each = median_of(runs[OURS]).kib_each
        who = f"{listeners} subscribers"
        lines += [
            Line(f"{who}: 5 × the deliveries per CPU second", f"{ratio:.1f} ×", ratio >= 5),
            Line(f"{who}: at most 40 KiB each", f"{each:.1f} KiB", each <= 40),
        ]
    return lines


async def one_stalls(bench: Bench) -> list[Line]:
    """See what one who reads nothing does to the others."""
    print(f"\n500 subscribers, 10 events/s, median of {bench.rounds}")
    runs: dict[str, list[Figures]] = {"all read": [], "one stalls": []}
    for _ in range(bench.rounds):
        for stalled, found in enumerate(runs.values()):
            found.append(await listen(bench, OURS, 500, 10.0, stalled=stalled))
    for name, found in runs.items():
        print(f"  {name:11}{median_of(found)}")
    calm, disturbed = (median_of(found).p99_ms for found in runs.values())
    change = disturbed / calm - 1
    return [
        Line("500 subscribers: p99 under 150 ms", f"{calm:.1f} ms", calm < 150),
        Line("one stalls: p99 of the others at most +20 %", f"{change:+.0%}", change <= 0.2),
    ]


async def listen(
    bench: Bench, kind: str, listeners: int, rate: float, *, stalled: int = 0
) -> Figures:
    """Let everybody listen to one project for a while."""
    project = await projects.start(bench.platform, Viewer(USER), StartSong("load"))
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(bench.serving(kind))
        async with listening(bench, server, project.id, 3) as warm:
            await publish(bench, project.id, 0, 40, 100.0, warm)
        seen = 40
        if stalled:
            seen += await stall_some(bench, server, project.id, stalled, seen, stack)
        before = server.process.memory_info().rss
        audience = await stack.enter_async_context(
            listening(bench, server, project.id, listeners, after=seen)
        )
        used = server.process.memory_info().rss - before
        start = server.cpu_seconds()
        await publish(bench, project.id, seen, round(rate * bench.seconds), rate, audience)
        cpu = server.cpu_seconds() - start
    late = [1000 * seconds for one in audience for seconds in one.latencies]
    percentiles = statistics.quantiles(late, n=100)
    return Figures(
        per_cpu_second=len(late) / cpu,
        p50_ms=percentiles[49],
        p99_ms=percentiles[98],
        kib_each=used / 1024 / listeners,
    )


@asynccontextmanager
async def listening(
    bench: Bench, server: Server, project_id: str, count: int, *, after: int = 0
) -> AsyncIterator[list[Listener]]:
    """Subscribe so many."""
    token = bench.token
    async with AsyncExitStack() as open_ones:
        audience = [
            await open_ones.enter_async_context(
                Listener.connected(server.port, token, project_id, after)
            )
            for _ in range(count)
        ]
        await server.until_idle()
        yield audience


async def stall_some(
    bench: Bench, server: Server, project_id: str, count: int, seen: int, stack: AsyncExitStack
) -> int:
    """Subscribe some who read nothing, and publish until nothing can be sent to them any more.

    Returns
    -------
    int
        How many events that took.
    """
    stalled = await stack.enter_async_context(
        listening(bench, server, project_id, count, after=seen)
    )
    for one in stalled:
        one.stall()
    await publish(bench, project_id, seen, FILLING, 200.0, [], "x" * FILLING_BYTES)
    await server.until_idle()
    return FILLING


async def publish(
    bench: Bench,
    project_id: str,
    seen: int,
    count: int,
    rate: float,
    audience: list[Listener],
    text: str = "",
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
            message=f"{time.monotonic():.6f}{text}",
        )
        await bench.platform.bus.publish(USER, event)
    deadline = time.monotonic() + 60
    while any(len(one.latencies) < count for one in audience):
        if time.monotonic() > deadline:
            sys.exit("events were lost")
        await asyncio.sleep(0.05)
