"""What cannot be a song is refused by name, and leaves nothing behind."""

import httpx
import pytest

from tests.fixtures.api import Api
from tests.schema.asking import START, ask, data, start

COUNT = "{ projects { totalCount } }"

REFUSED = [
    ({"prompt": ""}, "prompt", "2000"),
    ({"prompt": " \n\t "}, "prompt", "2000"),
    ({"prompt": "x" * 2001}, "prompt", "2000"),
    ({"prompt": "🎵🔥🎸"}, "prompt", "words"),
    ({"prompt": "null \x00 byte"}, "prompt", "plain text"),
    ({"title": "x" * 300}, "title", "120"),
    ({"title": "line\r\nSet-Cookie: x"}, "title", "plain text"),
    ({"durationSeconds": -1}, "durationSeconds", "10 to 600"),
    ({"durationSeconds": 10**9}, "durationSeconds", "10 to 600"),
    ({"seed": -1}, "seed", "0 to"),
    ({"idempotencyKey": "k" * 1000}, "idempotencyKey", "200"),
    ({"style": {"tempoBpm": 39}}, "style.tempoBpm", "40 to 240"),
    ({"style": {"tempoBpm": 1e6}}, "style.tempoBpm", "40 to 240"),
    ({"style": {"energy": 2}}, "style.energy", "0 (calm) to 1"),
    ({"style": {"key": "H sharp"}}, "style.key", "A minor"),
    ({"style": {"timeSignature": "7/0"}}, "style.timeSignature", "4/4"),
    ({"style": {"genre": "polka-core-9000"}}, "style.genre", "lo-fi"),
    ({"style": {"instruments": ["spoon of doom"]}}, "style.instruments", "piano"),
    ({"lyrics": {"text": "la " * 20_000}}, "lyrics.text", "5000"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "accepted"), REFUSED)
async def test_a_refusal_names_the_field_and_what_would_be_accepted(
    client: httpx.AsyncClient, fields: dict[str, object], field: str, accepted: str
) -> None:
    result = await start(client, **fields)
    assert (result["__typename"], result["field"]) == ("InvalidInput", field)
    assert accepted.casefold() in result["message"].casefold()
    assert (await data(client, COUNT))["projects"]["totalCount"] == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": None},
        {"prompt": 5},
        {"durationSeconds": "long"},
        {"durationSeconds": 10**12},
        {"style": {"tempoBpm": "fast"}},
        {"style": "lofi"},
        {"style": {"tempo": 100}},
        {"unknown": True},
    ],
)
async def test_values_of_the_wrong_type_name_the_variable(
    client: httpx.AsyncClient, fields: dict[str, object]
) -> None:
    answer = await ask(client, START, input={"prompt": "A song"} | fields)
    assert "$input" in answer["errors"][0]["message"]
    assert (await data(client, COUNT))["projects"]["totalCount"] == 0


async def test_ten_megabytes_are_refused_by_size(client: httpx.AsyncClient) -> None:
    variables = {"input": {"prompt": "x" * 10_000_000}}
    response = await client.post("/graphql", json={"query": START, "variables": variables})
    assert response.status_code == 413
    assert "prompt" in response.json()["errors"][0]["message"]
    assert "2000" in response.json()["errors"][0]["message"]
    assert (await data(client, COUNT))["projects"]["totalCount"] == 0


async def test_a_body_without_length_is_counted(client: httpx.AsyncClient) -> None:
    async def endless():
        for _ in range(40):
            yield b" " * 65_536

    headers = {"Content-Type": "application/json"}
    response = await client.post("/graphql", content=endless(), headers=headers)
    assert response.status_code == 413


async def test_nobody_starts_a_song_without_a_token(api: Api, client: httpx.AsyncClient) -> None:
    async with httpx.AsyncClient(base_url=api.url) as anonymous:
        answer = await ask(anonymous, START, input={"prompt": "A song"})
    assert answer["errors"][0]["extensions"]["code"] == "NOT_AUTHENTICATED"
    assert (await data(client, COUNT))["projects"]["totalCount"] == 0


@pytest.mark.parametrize("bad", ["", "../../etc/passwd", "x" * 5000, "🎵", "' OR 1=1 --"])
async def test_strange_ids_are_just_not_found(client: httpx.AsyncClient, bad: str) -> None:
    answer = await data(client, "query($id: ID!) { project(id: $id) { id } }", id=bad)
    assert answer["project"] is None
