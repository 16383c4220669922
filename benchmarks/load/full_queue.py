"""A thousand songs that wait: nobody else notices, and the last one costs what the first did."""

import asyncio
import statistics
import time

import httpx

from benchmarks.load.serving import OURS, Bench, Server
from benchmarks.table import Line

START = """mutation { generateFullSong(input: {prompt: "calm"}) {
  ... on ProjectStarted { project { id } } } }"""
SIMPLE = "{ viewer { id } }"
AT_ONCE = 4
PART = 10
"""The first and the last tenths are held against each other."""
SAME = 1.2
"""Chance; a cost that grew with the queue would be many times the first."""


async def fill_the_queue(bench: Bench) -> list[Line]:
    """Queue songs, and meanwhile ask something simple again and again."""
    songs = 300 if bench.quick else 1_000
    async with (
        bench.serving(OURS) as server,
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{server.port}",
            headers={"Authorization": f"Bearer {bench.token}"},
            timeout=30,
        ) as client,
    ):
        await ask(client, START)
        asking = asyncio.create_task(keep_asking(client))
        costs = [await cost_of(client, server, songs // PART) for _ in range(PART)]
        asking.cancel()
        waits = await asking
    p99 = statistics.quantiles(waits, n=100)[98]
    print(f"\n{songs} songs are queued, {AT_ONCE} at once")
    print(f"  a simple query meanwhile: p50 {statistics.median(waits):.1f} ms, p99 {p99:.1f} ms")
    growth = statistics.median(costs[-3:]) / statistics.median(costs[:3])
    shown = "  ".join(f"{cost:.1f}" for cost in costs)
    print(f"  CPU ms for each song, tenth by tenth: {shown}")
    return [
        Line("a full queue: p99 of a simple query under 100 ms", f"{p99:.1f} ms", p99 < 100),
        Line(
            f"the last songs cost no more than {SAME} × the first",
            f"{growth:.2f} ×",
            growth <= SAME,
        ),
    ]


async def cost_of(client: httpx.AsyncClient, server: Server, songs: int) -> float:
    """Return the server's CPU milliseconds for each of so many songs."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with room:
            await ask(client, START)

    start = server.cpu_seconds()
    await asyncio.gather(*(one() for _ in range(songs)))
    return 1000 * (server.cpu_seconds() - start) / songs


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


async def ask(client: httpx.AsyncClient, query: str) -> None:
    answer = (await client.post("/graphql", json={"query": query})).json()
    assert "errors" not in answer, answer
