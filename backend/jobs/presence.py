"""Which workers are there: each shows itself now and then, and is forgotten once it does not."""

import orjson
from arq.connections import ArqRedis
from pydantic import TypeAdapter

from backend.services.ports import PresentWorker

WORKERS = "aimusic:workers"
"""The ids of those who have shown themselves; what each has shown stands beside it."""

PRESENT = """
local present = {}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    local shown = redis.call('GET', KEYS[1] .. ':' .. id)
    if shown then table.insert(present, shown) else redis.call('SREM', KEYS[1], id) end
end
return present
"""

_SHOWN = TypeAdapter(PresentWorker)


async def show(redis: ArqRedis, worker: PresentWorker, *, seconds: float) -> None:
    """Show a worker for so long, unless it leaves before or shows itself again."""
    async with redis.pipeline(transaction=True) as together:
        together.set(_key(worker.id), orjson.dumps(worker), px=round(seconds * 1000))
        together.sadd(WORKERS, worker.id)
        await together.execute()


async def leave(redis: ArqRedis, worker_id: str) -> None:
    """Show a worker no longer."""
    async with redis.pipeline(transaction=True) as together:
        together.delete(_key(worker_id))
        together.srem(WORKERS, worker_id)
        await together.execute()


async def present(redis: ArqRedis) -> list[PresentWorker]:
    """Return who is there, those who came first before the others."""
    shown = await redis.register_script(PRESENT)(keys=[WORKERS])
    workers = [_SHOWN.validate_json(one) for one in shown]
    return sorted(workers, key=lambda worker: (worker.started_at, worker.id))


def _key(worker_id: str) -> str:
    return f"{WORKERS}:{worker_id}"
