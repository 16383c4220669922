"""Schemathesis, with all of its checks, over both APIs.

By hand and for longer: ``EXAMPLES=500 pytest tests/fuzz/test_schemathesis.py``.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.jobs import presence
from backend.jobs.queue import open_queue
from backend.services.ports import PresentWorker
from backend.settings import Settings
from tests.fixtures.api import Api, serving

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("EXAMPLES", "10")
"""For each operation."""


@pytest.fixture(scope="module")
def spacious(api_settings: Settings) -> Iterator[Api]:
    """A server that is asked a lot: by one user, in documents without end."""
    limits = {
        "rate_limit_requests": 10_000_000,
        "rate_limit_songs": 10_000_000,
        "max_query_cost": 100_000_000,
        "max_query_fields": 10_000,
        "max_query_aliases": 10_000,
        "max_query_depth": 100,
        "max_query_characters": 1_000_000,
        "max_query_tokens": 100_000,
        "fast_dev": True,
    }
    with serving(api_settings.model_copy(update=limits)) as running:
        asyncio.run(show_worker(api_settings, seconds=600))
        yield running
        asyncio.run(show_worker(api_settings, seconds=0.001))


async def show_worker(settings: Settings, *, seconds: float) -> None:
    worker = PresentWorker("played", datetime.now(UTC), songs_in_work=0, room=1)
    async with open_queue(settings) as queue:
        await presence.show(queue.redis, worker, seconds=seconds)


async def test_the_rest_api_is_as_it_is_described(spacious: Api, user_id: str) -> None:
    await schemathesis(spacious, user_id, "/openapi.json")


async def test_graphql_is_as_it_is_described(spacious: Api, user_id: str) -> None:
    await schemathesis(spacious, user_id, "/graphql")


async def schemathesis(api: Api, user_id: str, description: str) -> None:
    """Run the command against a description; nothing may fail."""
    command = [
        *(sys.executable, "-m", "schemathesis.cli"),
        *("--config-file", str(HERE / "schemathesis.toml")),
        *("run", f"{api.url}{description}", "--checks", "all", "--max-examples", EXAMPLES),
        *("--header", f"Authorization: Bearer {api.token(user_id)}"),
        *("--seed", "1", "--generation-database", "none"),
    ]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=os.environ | {"SCHEMATHESIS_HOOKS": "tests.fuzz.ranges"},
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()
