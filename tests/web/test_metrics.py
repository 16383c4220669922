"""What Prometheus reads."""

import httpx
from prometheus_client.parser import text_string_to_metric_families
from websockets.asyncio.client import connect

from tests.fixtures.api import Api
from tests.schema.asking import started

LABELS = ("method", "route", "status")


async def scrape(client: httpx.AsyncClient) -> dict[str, float]:
    """Return every sample by name, method, route and status."""
    response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        " ".join([sample.name, *(sample.labels.get(name, "") for name in LABELS)]).strip(): (
            sample.value
        )
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


async def test_requests_are_counted_by_route_and_not_by_address(client: httpx.AsyncClient) -> None:
    route = "/api/v1/music/project/{project_id}/status"
    counted = f"aimusic_request_seconds_count GET {route} 404"
    before = (await scrape(client)).get(counted, 0)
    for number in range(3):
        await client.get(f"/api/v1/music/project/{number}/status")
        await client.get(f"/made-up/{number}")
    after = await scrape(client)
    assert after[counted] == before + 3
    assert after["aimusic_request_seconds_count GET other 404"] >= 3
    assert not any("made-up" in sample for sample in after)


async def test_the_queue_and_the_sockets_are_counted(api: Api, client: httpx.AsyncClient) -> None:
    before = await scrape(client)
    await started(client)
    async with connect(f"{api.socket_url}/ws"):
        after = await scrape(client)
    assert after["aimusic_queue_length"] == before["aimusic_queue_length"] + 1
    assert after["aimusic_open_sockets"] >= 1
