"""Ten thousand who come, watch and leave: nothing of them stays."""

import asyncio
import sys
import time
from dataclasses import dataclass

import httpx
import psutil

from backend.auth import Viewer
from backend.models import EventType, ProjectEvent
from backend.persistence import takes
from backend.services import projects
from backend.services.announcing import announce
from backend.services.projects import StartSong
from benchmarks.listener import Listener
from benchmarks.load.serving import OURS, TASKS, USER, Bench, Server
from benchmarks.table import Line

AT_ONCE = 50
EVENTS_PER_SECOND = 20.0
POOLS = 5
"""Of ten thousand who come; who left one each would leave thousands."""
NO_MEMORY_MIB = 1.0
"""What the allocator rounds up; a task left by each of ten thousand would be ten times that.

The first ten thousand fill pools and what Python keeps for use again, so the next are measured.
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What a server holds while nobody is there."""

    tasks: int
    sockets: int
    """Connections to its port."""
    descriptors: int
    """With those to database and Redis, which are opened when they are first needed."""
    mib: float

    def __str__(self) -> str:
        return (
            f"{self.tasks:4} tasks   {self.sockets:4} sockets   {self.descriptors:4} descriptors"
            f"   {self.mib:7.1f} MiB"
        )


async def come_and_go(bench: Bench) -> list[Line]:
    """Compare what a server holds before and after."""
    visits = 2_000 if bench.quick else 10_000
    project = await projects.start(bench.platform, Viewer(USER), StartSong("load"))
    song = Song(bench, project.id, project.working_take_id or "", project.last_event_seq)
    async with bench.serving(OURS) as server:
        await visit(bench, server, song, visits)
        before = await held(server)
        await visit(bench, server, song, visits)
        after = await held(server)
    print(f"\n{visits} who connect, hear an event and leave, {AT_ONCE} at once, after as many")
    print(f"  before {before}\n  after  {after}")
    grown = after.mib - before.mib
    tasks, descriptors = after.tasks - before.tasks, after.descriptors - before.descriptors
    return [
        Line("no task is left", f"{tasks:+}", tasks <= 0),
        Line("no socket is left", f"{after.sockets}", after.sockets == 0),
        Line(
            f"no descriptor is left but {POOLS} of pools at most",
            f"{descriptors:+}",
            descriptors <= POOLS,
        ),
        Line("no memory is left", f"{grown:+.1f} MiB", grown <= NO_MEMORY_MIB),
    ]


@dataclass(slots=True)
class Song:
    """A song that keeps telling how far it is."""

    bench: Bench
    project_id: str
    take_id: str
    last_seq: int

    async def tell(self) -> None:
        """Announce progress, event by event, without end."""
        while True:
            await asyncio.sleep(1 / EVENTS_PER_SECOND)
            async with self.bench.platform.database.write() as work:
                project, take = await takes.lock(work.session, self.take_id) or sys.exit("no take")
                event = ProjectEvent(
                    type=EventType.STAGE_PROGRESS,
                    stage="rendering",
                    progress=0.5,
                    message=f"{time.monotonic():.6f}",
                )
                await announce(self.bench.platform, work, project, take, event)
                self.last_seq = project.last_event_seq


async def visit(bench: Bench, server: Server, song: Song, count: int) -> None:
    token, room = bench.token, asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with (
            room,
            Listener.connected(server.port, token, song.project_id, song.last_seq) as listener,
        ):
            await listener.heard.wait()

    telling = asyncio.create_task(song.tell())
    await asyncio.gather(*(one() for _ in range(count)))
    telling.cancel()


async def held(server: Server) -> Held:
    await server.until_idle()
    async with httpx.AsyncClient() as client:
        tasks = int((await client.get(f"http://127.0.0.1:{server.port}{TASKS}")).text)
    await asyncio.sleep(0.5)
    sockets = [
        one
        for one in server.process.net_connections("tcp")
        if one.status != psutil.CONN_LISTEN and one.laddr.port == server.port
    ]
    rss = server.process.memory_info().rss
    return Held(tasks, len(sockets), server.process.num_fds(), rss / 2**20)
