"""API keys: shown once, kept as a digest, scoped, revocable, and no way to more keys."""

import json
import sqlite3

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.fixtures.api import Api
from tests.schema.asking import PROMPT, START, ask, data, started

CREATE = """mutation($name: String!, $scope: ApiKeyScope!) {
  createApiKey(name: $name, scope: $scope) {
    __typename
    ... on ApiKeyCreated { secret apiKey { id name scope createdAt revokedAt } }
    ... on Problem { message code }
    ... on InvalidInput { field }
  }
}"""
REVOKE = "mutation($id: ID!) { revokeApiKey(id: $id) { __typename } }"
KEYS = "{ viewer { id apiKeys { name scope } } }"
PROJECTS = "/api/v1/music/projects"


async def create(client: httpx.AsyncClient, scope: str, name: str = "A script") -> dict:
    return (await data(client, CREATE, name=name, scope=scope))["createApiKey"]


def bearer(api: Api, secret: str) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {secret}"}
    return httpx.AsyncClient(base_url=api.url, headers=headers, timeout=30)


async def test_a_key_opens_what_its_user_has(
    api: Api, client: httpx.AsyncClient, user_id: str
) -> None:
    project = await started(client)
    made = await create(client, "WRITE")
    assert made["apiKey"]["scope"] == "WRITE"
    assert (await data(client, KEYS))["viewer"]["apiKeys"] == [
        {"name": "A script", "scope": "WRITE"}
    ]
    async with bearer(api, made["secret"]) as program:
        assert (await data(program, KEYS))["viewer"]["id"] == user_id
        assert (await program.get(PROJECTS)).json()["items"][0]["id"] == project
        assert await started(program)
    async with connect(f"{api.socket_url}/ws?token={made['secret']}") as socket:
        await socket.send(json.dumps({"action": "subscribe", "project_id": project}))
        assert json.loads(await socket.recv())["type"] == "subscribed"


async def test_a_key_that_reads_changes_nothing(api: Api, client: httpx.AsyncClient) -> None:
    project = await started(client)
    secret = (await create(client, "READ"))["secret"]
    async with bearer(api, secret) as program:
        assert (await program.get(PROJECTS)).status_code == 200
        rest = await program.post("/api/v1/music/generate/full-song", json={"prompt": PROMPT})
        assert rest.status_code == 403
        start = await ask(program, START, input={"prompt": PROMPT})
        delete = f'mutation {{ deleteProject(id: "{project}") {{ __typename }} }}'
        for answer in (start, await ask(program, delete)):
            assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_key_makes_and_revokes_no_keys(api: Api, client: httpx.AsyncClient) -> None:
    made = await create(client, "WRITE")
    async with bearer(api, made["secret"]) as program:
        more = await ask(program, CREATE, name="more", scope="WRITE")
        revoke = await ask(program, REVOKE, id=made["apiKey"]["id"])
    for answer in (more, revoke):
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_a_revoked_key_opens_nothing(api: Api, client: httpx.AsyncClient) -> None:
    made = await create(client, "READ")
    for _ in range(2):
        revoked = await data(client, REVOKE, id=made["apiKey"]["id"])
        assert revoked["revokeApiKey"]["__typename"] == "ApiKeyRevoked"
    assert (await data(client, KEYS))["viewer"]["apiKeys"] == []
    async with bearer(api, made["secret"]) as program:
        assert (await program.get(PROJECTS)).status_code == 401
        assert (await program.post("/graphql", json={"query": KEYS})).status_code == 401


async def test_nobody_revokes_the_key_of_another(api: Api, client: httpx.AsyncClient) -> None:
    made = await create(client, "READ")
    async with httpx.AsyncClient(base_url=api.url, headers=api.headers("mallory")) as mallory:
        answer = await data(mallory, REVOKE, id=made["apiKey"]["id"])
    assert answer["revokeApiKey"]["__typename"] == "NotFound"


async def test_the_key_itself_is_not_kept(api: Api, client: httpx.AsyncClient) -> None:
    secret = (await create(client, "READ"))["secret"]
    path = api.settings.database_url.partition("///")[2]
    database = sqlite3.connect(path)
    kept = database.execute("SELECT * FROM api_key").fetchall()
    database.close()
    assert kept
    assert secret not in str(kept)
    assert len(secret) > 40


@pytest.mark.parametrize("name", ["", "x" * 121, "a\x00b"])
async def test_a_key_needs_a_name(client: httpx.AsyncClient, name: str) -> None:
    refused = await create(client, "READ", name)
    assert (refused["__typename"], refused["field"]) == ("InvalidInput", "name")


async def test_a_user_has_only_so_many(client: httpx.AsyncClient) -> None:
    made = [(await create(client, "READ"))["__typename"] for _ in range(21)]
    assert made == ["ApiKeyCreated"] * 20 + ["LimitExceeded"]


@pytest.mark.parametrize("secret", ["amk_", "amk_" + "x" * 43, "amk_🎵"])
async def test_what_is_no_key_opens_nothing(api: Api, secret: str) -> None:
    headers = {"Authorization": b"Bearer " + secret.encode()}
    async with httpx.AsyncClient(base_url=api.url, headers=headers) as program:
        assert (await program.get(PROJECTS)).status_code == 401
