"""Ten thousand who come, watch and leave: nothing of them stays."""

import asyncio
from dataclasses import dataclass

import httpx

from backend.auth import Viewer
from backend.services import projects
from backend.services.projects import StartSong
from benchmarks.listener import Listener
from benchmarks.load.serving import OURS, TASKS, USER, Bench, Server

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """What a server holds while nobody is there."""

    tasks: int
    descriptors: int
    mib: float

    def __str__(self) -> str:
        return f"{self.tasks:4} tasks   {self.descriptors:4} descriptors   {self.mib:7.1f} MiB"


async def come_and_go(bench: Bench) -> None:
    """Print what a server holds before and after."""
    visits = 2_000 if bench.quick else 10_000
    project = await projects.start(bench.platform, Viewer(USER), StartSong("load"))
    async with bench.serving(OURS) as server:
        await visit(bench, server, project.id, 1_000)
        before = await held(server)
        await visit(bench, server, project.id, visits)
        after = await held(server)
    print(f"\n{visits} who connect, subscribe and leave, {AT_ONCE} at once, after 1000 others")
    print(f"  before {before}\n  after  {after}")
    grown = 1024 * (after.mib - before.mib) / visits
    print(f"  {grown:+.3f} KiB for each (to hold: no task, no socket, no memory)")


async def visit(bench: Bench, server: Server, project_id: str, count: int) -> None:
    token, room = bench.token, asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with room, Listener.connected(server.port, token, project_id, 0):
            await asyncio.sleep(0.01)

    await asyncio.gather(*(one() for _ in range(count)))


async def held(server: Server) -> Held:
    await server.until_idle()
    async with httpx.AsyncClient() as client:
        tasks = int((await client.get(f"http://127.0.0.1:{server.port}{TASKS}")).text)
    await asyncio.sleep(0.5)
    rss = server.process.memory_info().rss
    return Held(tasks, server.process.num_fds(), rss / 2**20)
