"""Subscriptions over plain HTTP: server-sent events and multipart, on an address of their own."""

import json
from pathlib import Path

import httpx
import pytest

from backend.auth.tokens import issue
from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import ask, started

EVENTS = """subscription($projectId: ID!, $after: String) {
  projectEvents(projectId: $projectId, after: $after) { id type }
}"""
SSE = "text/event-stream"
MULTIPART = "multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json"


def told(text: str) -> list[dict[str, object]]:
    """The JSON objects among the lines of a stream."""
    lines = (line.removeprefix("data:").strip() for line in text.splitlines())
    return [json.loads(line) for line in lines if line.startswith("{") and len(line) > 2]


@pytest.mark.parametrize("accept", [SSE, MULTIPART])
async def test_a_project_can_be_watched_to_its_end(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, accept: str
) -> None:
    project_id = await started(client)
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    body = {"query": EVENTS, "variables": {"projectId": project_id, "after": "18"}}
    answer = await client.post("/graphql/stream", json=body, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(accept.partition(";")[0])
    payloads = [entry.get("payload", entry) for entry in told(answer.text)]
    events = [payload["data"]["projectEvents"] for payload in payloads]
    assert [event["id"] for event in events] == ["19", "20", "21"]
    assert events[-1]["type"] == "PROJECT_COMPLETED"


@pytest.mark.parametrize(
    ("accept", "complete"), [(SSE, "event: complete"), (MULTIPART, "--graphql--")]
)
async def test_a_stream_ends_with_the_token(
    api: Api, user_id: str, accept: str, complete: str
) -> None:
    token = issue(api.settings.secret_key, user_id, 3)
    headers = {"Accept": accept, "Authorization": f"Bearer {token}"}
    query = {"query": "subscription { dashboard { counts { queued } } }"}
    async with httpx.AsyncClient(base_url=api.url, headers=headers, timeout=20) as client:
        answer = await client.post("/graphql/stream", json=query)
    first = told(answer.text)[0]
    assert first.get("payload", first)["data"] == {"dashboard": {"counts": {"queued": 0}}}
    assert "NOT_AUTHENTICATED" in answer.text
    assert complete in answer.text


async def test_the_ordinary_address_does_not_stream(client: httpx.AsyncClient) -> None:
    accept = "application/graphql-response+json, application/json, text/event-stream"
    answer = await client.post(
        "/graphql", json={"query": "{ viewer { id } }"}, headers={"Accept": accept}
    )
    assert "data" in answer.json()


async def test_errors_of_a_stream_are_told(client: httpx.AsyncClient) -> None:
    for query in ("subscription {", "subscription { nothing }"):
        answer = await client.post(
            "/graphql/stream", json={"query": query}, headers={"Accept": SSE}
        )
        assert "errors" in answer.text
    missing = await client.post(
        "/graphql/stream",
        json={"query": EVENTS, "variables": {"projectId": "none"}},
        headers={"Accept": SSE},
    )
    assert "NOT_FOUND" in missing.text
    assert (await ask(client, "{ viewer { id } }"))["data"]["viewer"]
