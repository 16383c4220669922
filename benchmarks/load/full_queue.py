"""A thousand songs that wait: nobody else notices, and the last one costs what the first did."""

import asyncio
import statistics
import time
from dataclasses import dataclass
from typing import Any

import httpx

from backend.auth import Viewer
from backend.services import projects
from benchmarks.load.serving import OURS, USER, Bench, Server
from benchmarks.table import Line

START = """mutation { generateFullSong(input: {prompt: "calm"}) {
  ... on ProjectStarted { project { id } } } }"""
SIMPLE = "{ viewer { id } }"
AT_ONCE = 4
PART = 10
"""The first and the last tenths are held against each other."""
SAME = 1.2
"""Chance; a cost that grew with the queue would be many times the first."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What it took to fill the queue once."""

    costs: list[float]
    """CPU milliseconds for each song, tenth by tenth."""
    waits: list[float]
    """Milliseconds of every simple query meanwhile."""

    @property
    def growth(self) -> float:
        """How many times the first songs' cost the last ones took."""
        return statistics.median(self.costs[-3:]) / statistics.median(self.costs[:3])


async def fill_the_queue(bench: Bench) -> list[Line]:
    """Queue songs, and meanwhile ask something simple again and again; do so several times."""
    songs = 300 if bench.quick else 1_000
    rounds = [await filled(bench, songs) for _ in range(bench.rounds)]
    waits = [wait for one in rounds for wait in one.waits]
    p99 = statistics.quantiles(waits, n=100)[98]
    growth = statistics.median(one.growth for one in rounds)
    costs = map(statistics.median, zip(*(one.costs for one in rounds), strict=True))
    shown = "  ".join(f"{cost:.1f}" for cost in costs)
    print(f"\n{songs} songs are queued, {AT_ONCE} at once, median of {len(rounds)}")
    print(f"  a simple query meanwhile: p50 {statistics.median(waits):.1f} ms, p99 {p99:.1f} ms")
    print(f"  CPU ms for each song, tenth by tenth: {shown}")
    return [
        Line("a full queue: p99 of a simple query under 100 ms", f"{p99:.1f} ms", p99 < 100),
        Line(
            f"the last songs cost no more than {SAME} × the first",
            f"{growth:.2f} ×",
            growth <= SAME,
        ),
    ]


async def filled(bench: Bench, songs: int) -> Filled:
    """Fill the queue from nothing, and leave it empty."""
    async with (
        bench.serving(OURS) as server,
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{server.port}",
            headers={"Authorization": f"Bearer {bench.token}"},
            timeout=30,
        ) as client,
    ):
        begun = [await begin(client)]
        asking = asyncio.create_task(keep_asking(client))
        costs = [await cost_of(client, server, songs // PART, begun) for _ in range(PART)]
        asking.cancel()
        waits = await asking
    for project_id in begun:
        await projects.delete(bench.platform, Viewer(USER), project_id)
    return Filled(costs, waits)


async def cost_of(client: httpx.AsyncClient, server: Server, songs: int, begun: list[str]) -> float:
    """Return the server's CPU milliseconds for each of so many songs; note them."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with room:
            begun.append(await begin(client))

    start = server.cpu_seconds()
    await asyncio.gather(*(one() for _ in range(songs)))
    return 1000 * (server.cpu_seconds() - start) / songs


async def begin(client: httpx.AsyncClient) -> str:
    """Return the id of a song that waits."""
    return str((await ask(client, START))["generateFullSong"]["project"]["id"])


async def keep_asking(client: httpx.AsyncClient) -> list[float]:
    """Return how many milliseconds each answer took, once told to stop."""
    waits = []
    try:
        while True:
            start = time.perf_counter()
            await ask(client, SIMPLE)
            waits.append(1000 * (time.perf_counter() - start))
            await asyncio.sleep(0.02)
    except asyncio.CancelledError:
        return waits


async def ask(client: httpx.AsyncClient, query: str) -> dict[str, Any]:
    answer = (await client.post("/graphql", json={"query": query})).json()
    assert "errors" not in answer, answer
    data: dict[str, Any] = answer["data"]
    return data
