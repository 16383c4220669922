"""What Prometheus reads."""

import json
from pathlib import Path

import httpx
from prometheus_client.parser import text_string_to_metric_families
from websockets.asyncio.client import connect

from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.engine import until
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import data, started


async def scrape(client: httpx.AsyncClient) -> dict[str, float]:
    """Return every sample by name and labels."""
    response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        f"{sample.name}{json.dumps(sample.labels)}": sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def request_count(route: str, status: int) -> str:
    labels = {"method": "GET", "route": route, "status": str(status)}
    return f"aimusic_request_seconds_count{json.dumps(labels)}"


async def test_requests_are_counted_by_route_and_not_by_address(client: httpx.AsyncClient) -> None:
    route = "/api/v1/music/project/{project_id}/status"
    counted = request_count(route, 404)
    before = (await scrape(client)).get(counted, 0)
    for number in range(3):
        await client.get(f"/api/v1/music/project/{number}/status")
        await client.get(f"/made-up/{number}")
    after = await scrape(client)
    assert after[counted] == before + 3
    assert after[request_count("other", 404)] >= 3
    assert not any("made-up" in sample for sample in after)


async def test_the_queue_and_the_sockets_are_counted(api: Api, client: httpx.AsyncClient) -> None:
    before = await scrape(client)
    await started(client)
    async with connect(f"{api.socket_url}/ws"):
        after = await scrape(client)
    assert after["aimusic_queue_length{}"] == before["aimusic_queue_length{}"] + 1
    assert after["aimusic_open_sockets{}"] >= 1


async def test_songs_and_stages_are_counted_once_when_they_have_ended(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    before = await scrape(client)
    await PlayedWorker(backstage, tmp_path).finish(await started(client))
    cancelled = await started(client)
    cancel = f'mutation {{ cancelProject(id: "{cancelled}") {{ __typename }} }}'
    await data(client, cancel)
    after = [await scrape(client) for _ in range(2)][-1]
    for sample, more in {
        'aimusic_songs_total{"status": "completed"}': 1,
        'aimusic_songs_total{"status": "cancelled"}': 1,
        "aimusic_song_real_time_factor_count{}": 1,
        'aimusic_stage_seconds_count{"stage": "mixing", "status": "completed"}': 1,
    }.items():
        assert after[sample] == before.get(sample, 0) + more, sample


async def test_documents_are_timed_by_their_first_field(client: httpx.AsyncClient) -> None:
    timed = 'aimusic_resolver_seconds_count{"field": "projects"}'
    before = (await scrape(client)).get(timed, 0)
    await data(client, "{ projects { totalCount } viewer { id } }")
    after = await scrape(client)
    assert after[timed] == before + 1
    assert not any("nothing" in sample for sample in after)


async def test_what_is_watched_is_counted(api: Api, client: httpx.AsyncClient) -> None:
    project = await started(client)
    token = client.headers["authorization"].removeprefix("Bearer ")
    async with connect(f"{api.socket_url}/ws?token={token}") as socket:
        before = (await scrape(client))["aimusic_subscriptions{}"]
        await socket.send(f'{{"action": "subscribe", "project_id": "{project}"}}')
        await socket.recv()
        await until_counted(client, before + 1)
    await until_counted(client, before)


async def until_counted(client: httpx.AsyncClient, count: float) -> None:
    async def counted() -> bool:
        return (await scrape(client))["aimusic_subscriptions{}"] == count

    await until(counted)
