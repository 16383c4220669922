"""The earlier REST API, route by route."""

from datetime import datetime
from pathlib import Path

import httpx
import pytest

from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import WAV, PlayedWorker

MUSIC = "/api/v1/music"
START = f"{MUSIC}/generate/full-song"
STAGES = ["planning", "generation", "arrangement", "rendering", "mixing"]


async def start(client: httpx.AsyncClient, **body: object) -> dict:
    response = await client.post(START, json=body or {"prompt": "A calm lofi song"})
    assert response.status_code == 200, response.text
    return response.json()


async def test_starting_a_song_answers_as_ever(client: httpx.AsyncClient, api: Api) -> None:
    body = {
        "project_name": "Rain",
        "style_config": {"genre": "jazz", "energy": 1, "tempo": 120, "key": "D minor"},
        "lyrics_request": {"theme": "rain", "language": "en", "explicit": False},
        "advanced_options": {"anything": ["goes"]},
        "unknown": True,
    }
    answer = await start(client, **body)
    assert set(answer) == {
        "project_id", "status", "message", "estimated_completion", "pipeline_stages",
        "websocket_url", "collaboration_enabled", "premium_features",
    }  # fmt: skip
    assert (answer["status"], answer["pipeline_stages"]) == ("queued", STAGES)
    assert answer["websocket_url"] == f"{api.socket_url}/ws"
    assert datetime.fromisoformat(answer["estimated_completion"]).tzinfo is not None
    assert (answer["collaboration_enabled"], answer["premium_features"]) == (False, {})
    aggregate = await client.get(f"{MUSIC}/project/{answer['project_id']}/aggregate")
    assert aggregate.json()["name"] == "Rain"


@pytest.mark.parametrize(
    "body",
    [
        {"project_name": "Night train"},
        {"prompt": "A slow waltz"},
        {"style_config": {"genre": "rock", "mood": "angry"}},
        {"style_config": {}},
        {"prompt": "A song", "style_config": None, "lyrics_request": None},
    ],
)
async def test_any_one_of_the_three_is_enough(client: httpx.AsyncClient, body: dict) -> None:
    assert (await start(client, **body))["project_id"]


async def test_the_idempotency_key_repeats_the_first_answer(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "once"}
    answers = [
        (await client.post(START, json={"prompt": "A song"}, headers=headers)).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]


async def test_a_project_from_queue_to_song(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    project_id = (await start(client))["project_id"]
    project = f"{MUSIC}/project/{project_id}"
    status = (await client.get(f"{project}/status")).json()
    assert status == {
        "project_id": project_id, "status": "queued", "progress": 0.0,
        "current_stage": "planning", "stages": dict.fromkeys(STAGES, False), "error": None,
    }  # fmt: skip
    assert (await client.get(f"{project}/aggregate")).json()["song"] is None
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    status = (await client.get(f"{project}/status")).json()
    assert (status["status"], status["stages"]) == ("completed", dict.fromkeys(STAGES, True))
    aggregate = (await client.get(f"{project}/aggregate")).json()
    assert (aggregate["progress"], aggregate["progress_percent"]) == (1.0, 100.0)
    assert [stage["name"] for stage in aggregate["stages"]] == STAGES
    assert all(stage["attempts"] == 1 for stage in aggregate["stages"])
    song = aggregate["song"]
    assert (song["tempo"], song["key"], song["time_signature"]) == (100.0, "A minor", "4/4")
    assert [stem["name"] for stem in song["stems"]] == ["Electric Bass"]
    async with httpx.AsyncClient() as anybody:
        assert (await anybody.get(song["audio_url"])).content == WAV
        assert (await anybody.get(song["stems"][0]["url"])).content == WAV[::-1]
        assert (await anybody.get(song["midi_url"])).content.startswith(b"MThd")


async def test_events_are_listed_from_the_beginning_or_a_cursor(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    project_id = (await start(client))["project_id"]
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    url = f"{MUSIC}/project/{project_id}/events"
    events = (await client.get(url)).json()
    assert [event["id"] for event in events] == [str(n) for n in range(1, 22)]
    assert events[0]["type"] == events[0]["event_type"] == "stage.started"
    assert events[0]["data"] == {"stage": "planning", "progress": 0.0, "error": None}
    assert (events[-1]["type"], events[-1]["stage"]) == ("project.completed", None)
    assert (await client.get(url, params={"after": "18"})).json() == events[18:]


async def test_projects_are_listed_by_limit_and_offset(client: httpx.AsyncClient) -> None:
    ids = [(await start(client))["project_id"] for _ in range(4)][::-1]
    listed = (await client.get(f"{MUSIC}/projects")).json()
    assert (listed["total"], [item["id"] for item in listed["items"]]) == (4, ids)
    assert set(listed["items"][0]) == {"id", "name", "status", "progress", "created_at"}
    part = (await client.get(f"{MUSIC}/projects", params={"limit": 2, "offset": 1})).json()
    assert [item["id"] for item in part["items"]] == ids[1:3]
    beyond = (await client.get(f"{MUSIC}/projects", params={"offset": 9})).json()
    assert (beyond["items"], beyond["total"]) == ([], 4)


@pytest.mark.parametrize("view", ["aggregate", "status", "events"])
async def test_projects_of_others_are_404(client: httpx.AsyncClient, api: Api, view: str) -> None:
    project_id = (await start(client))["project_id"]
    url = f"{MUSIC}/project/{project_id}/{view}"
    assert (await client.get(url)).status_code == 200
    other = await client.get(url, headers=api.headers("mallory"))
    assert (other.status_code, set(other.json())) == (404, {"detail"})


async def test_health_needs_no_token(api: Api) -> None:
    async with httpx.AsyncClient(base_url=api.url) as anonymous:
        health = (await anonymous.get("/health")).json()
        ready = await anonymous.get("/health/ready")
    assert (health["status"], health["version"]) == ("healthy", "0.1.0")
    assert health["uptime_seconds"] > 0
    assert (ready.status_code, ready.json()) == (503, {
        "status": "unavailable",
        "checks": {"database": True, "redis": True, "worker": False, "storage": True},
    })  # fmt: skip


async def test_both_apis_name_the_build(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/version")).json()
    assert answer["release"] == (await client.get("/health")).json()["version"]
    query = {"query": "{ version { release commit builtAt } }"}
    seen = (await client.post("/graphql", json=query)).json()["data"]["version"]
    assert list(seen.values()) == [answer[name] for name in ("release", "commit", "built_at")]
