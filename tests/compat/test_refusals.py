"""What the earlier REST API refuses, and how."""

import httpx
import pytest

from tests.fixtures.api import Api

MUSIC = "/api/v1/music"
START = f"{MUSIC}/generate/full-song"


async def refused(client: httpx.AsyncClient, **request: object) -> httpx.Response:
    """Send something that must not start a song."""
    response = await client.post(START, **request)
    assert (await client.get(f"{MUSIC}/projects")).json()["total"] == 0
    return response


@pytest.mark.parametrize(
    ("body", "loc"),
    [
        ({}, ["body"]),
        ([], ["body"]),
        ("text", ["body"]),
        ({"prompt": ""}, ["body", "prompt"]),
        ({"prompt": 5}, ["body", "prompt"]),
        ({"prompt": "🎵🔥"}, ["body", "prompt"]),
        ({"prompt": "x" * 2001}, ["body", "prompt"]),
        ({"project_name": "x" * 500, "prompt": "A song"}, ["body", "project_name"]),
        ({"style_config": []}, ["body", "style_config"]),
        ({"style_config": {"tempo": -1}}, ["body", "style_config", "tempo"]),
        ({"style_config": {"tempo": "120"}}, ["body", "style_config", "tempo"]),
        ({"style_config": {"energy": 11}}, ["body", "style_config", "energy"]),
        ({"style_config": {"key": "Q flat"}}, ["body", "style_config", "key"]),
        ({"style_config": {"time_signature": "4"}}, ["body", "style_config", "time_signature"]),
        ({"style_config": {"genre": "nothing"}}, ["body", "style_config", "genre"]),
        ({"prompt": "A song", "lyrics_request": {"theme": 5}}, ["body", "lyrics_request", "theme"]),
    ],
)
async def test_values_that_cannot_be_accepted_are_422_with_their_place(
    client: httpx.AsyncClient, body: object, loc: list[str]
) -> None:
    response = await refused(client, json=body)
    assert response.status_code == 422
    [fault] = response.json()["detail"]
    assert fault["loc"] == loc
    assert fault["msg"]
    assert fault["type"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"prompt": NaN}', b"[" * 100_000])
async def test_malformed_json_is_400(client: httpx.AsyncClient, body: bytes) -> None:
    response = await refused(client, content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, set(response.json())) == (400, {"detail"})


async def test_other_media_types_are_415(client: httpx.AsyncClient) -> None:
    assert (await refused(client, data={"prompt": "A song"})).status_code == 415


async def test_ten_megabytes_are_413(client: httpx.AsyncClient) -> None:
    response = await refused(client, json={"prompt": "x" * 10_000_000})
    assert response.status_code == 413
    assert "prompt" in response.json()["detail"]


async def test_an_idempotency_key_that_is_too_long_is_422(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "k" * 500}
    response = await refused(client, json={"prompt": "A song"}, headers=headers)
    assert response.json()["detail"][0]["loc"] == ["header", "idempotency-key"]


@pytest.mark.parametrize("token", [None, "Bearer nonsense", "Basic YTpi"])
async def test_without_a_valid_token_it_is_401(api: Api, token: str | None) -> None:
    headers = {"Authorization": token} if token else {}
    async with httpx.AsyncClient(base_url=api.url, headers=headers) as nobody:
        response = await nobody.get(f"{MUSIC}/projects")
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert set(response.json()) == {"detail"}


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "offset=-1", "offset=x"])
async def test_windows_that_are_none_are_422(client: httpx.AsyncClient, query: str) -> None:
    response = await client.get(f"{MUSIC}/projects?{query}")
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["query", query.split("=", maxsplit=1)[0]]


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 40])
async def test_cursors_that_are_none_are_422(client: httpx.AsyncClient, after: str) -> None:
    url = f"{MUSIC}/project/any/events"
    response = await client.get(url, params={"after": after})
    assert response.json()["detail"][0]["loc"] == ["query", "after"]


@pytest.mark.parametrize("project_id", ["none", "..%2F..%2Fetc", "x" * 3000, "%F0%9F%8E%B5"])
async def test_strange_ids_are_404(client: httpx.AsyncClient, project_id: str) -> None:
    assert (await client.get(f"{MUSIC}/project/{project_id}/status")).status_code == 404


async def test_other_methods_are_405_and_other_routes_404(client: httpx.AsyncClient) -> None:
    assert (await client.get(START)).status_code == 405
    unknown = await client.post("/api/v1/unknown")
    assert (unknown.status_code, unknown.json()) == (404, {"detail": "Not Found"})


async def test_the_development_token_does_not_exist_here(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/v1/dev/token")).status_code == 404
