"""Tokens, ids, files, headers and connections in hostile hands."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlsplit

import httpx
import jwt
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.auth.tokens import issue
from tests.fixtures.api import Api
from tests.schema.asking import START, ask, data, started

MUSIC = "/api/v1/music"
LATER = int(time.time()) + 3600


def segment(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def forged(header: dict[str, object], secret: bytes) -> str:
    """Sign whatever one likes."""
    signed = f"{segment(header)}.{segment({'sub': 'alice', 'exp': LATER})}"
    digest = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


HS256 = {"alg": "HS256", "typ": "JWT"}
FORGED = {
    "no algorithm": f"{segment({'alg': 'none'})}.{segment({'sub': 'alice', 'exp': LATER})}.",
    "None with capitals": f"{segment({'alg': 'nOnE'})}.{segment({'sub': 'a', 'exp': LATER})}.",
    "an empty key": forged(HS256, b""),
    "a public key as secret": forged(HS256, b"-----BEGIN PUBLIC KEY-----"),
    "a key of the sender's": forged({**HS256, "jku": "https://evil.example/keys"}, b"k"),
    "a key file": forged({**HS256, "kid": "../../../../dev/null"}, b""),
    "a critical extension": forged({**HS256, "crit": ["b64"], "b64": False}, b"k"),
    "another algorithm": jwt.encode({"sub": "alice", "exp": LATER}, "s" * 64, "HS512"),
    "no segments": "..",
    "a long one": "x." * 100_000,
    "not base64": "é.é.é".encode().decode("latin-1"),
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED.keys())
async def test_a_forged_token_opens_nothing(api: Api, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    async with httpx.AsyncClient(base_url=api.url, headers=headers) as client:
        graphql = await client.post("/graphql", json={"query": "{ viewer { id } }"})
        rest = await client.get(f"{MUSIC}/projects")
    # A header that is longer than the server reads is refused before it is looked into.
    assert graphql.status_code in {400, 401, 431}
    assert rest.status_code in {400, 401, 431}


async def test_an_expired_token_opens_nothing(api: Api) -> None:
    token = issue(api.settings.secret_key, "alice", -1)
    async with httpx.AsyncClient(base_url=api.url) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        assert (await client.get(f"{MUSIC}/projects")).status_code == 401
    async with connect(f"{api.socket_url}/ws?token={token}") as socket:
        assert json.loads(await socket.recv())["code"] == "NOT_AUTHENTICATED"


async def test_somebody_elses_things_do_not_exist(api: Api, client: httpx.AsyncClient) -> None:
    project = await started(client)
    take = (await data(client, f'{{ project(id: "{project}") {{ take {{ id }} }} }}'))["project"][
        "take"
    ]["id"]
    taking = f'take(id: "{take}") {{ id seed }}'
    reading = f'{{ project(id: "{project}") {{ id {taking} events {{ totalCount }} }} }}'
    watching = f'subscription {{ projectEvents(projectId: "{project}") {{ id }} }}'
    async with httpx.AsyncClient(base_url=api.url, headers=api.headers("mallory")) as mallory:
        assert (await data(mallory, reading))["project"] is None
        own = f'{{ project(id: "{await started(mallory)}") {{ id {taking} }} }}'
        assert (await data(mallory, own))["project"]["take"] is None
        for edit in (
            f'retryTake(id: "{take}")',
            f'chooseTake(id: "{take}")',
            f'deleteTake(id: "{take}")',
            f'remixTake(input: {{takeId: "{take}", targetLufs: -15}})',
            f'reviseTake(input: {{takeId: "{take}", prompt: "mine"}})',
            f'regenerateSection(input: {{takeId: "{take}", sectionIndex: 0}})',
            f'makeTake(input: {{projectId: "{project}"}})',
            f'shareProject(id: "{project}")',
            f'unshareProject(id: "{project}")',
            f'renameProject(id: "{project}", title: "mine")',
        ):
            answer = await data(mallory, f"mutation {{ done: {edit} {{ __typename }} }}")
            assert answer["done"]["__typename"] == "NotFound", edit
        for verb in ("cancelProject", "retryProject", "deleteProject"):
            answer = await data(mallory, f'mutation {{ {verb}(id: "{project}") {{ __typename }} }}')
            assert answer[verb]["__typename"] == "NotFound"
        for view in ("aggregate", "status", "events"):
            assert (await mallory.get(f"{MUSIC}/project/{project}/{view}")).status_code == 404
        accept = {"Accept": "text/event-stream"}
        stream = await mallory.post("/graphql/stream", json={"query": watching}, headers=accept)
        assert "NOT_FOUND" in stream.text
    async with connect(f"{api.socket_url}/ws?token={api.token('mallory')}") as socket:
        await socket.send(json.dumps({"action": "subscribe", "project_id": project}))
        assert json.loads(await socket.recv())["code"] == "NOT_FOUND"


STRANGE_IDS = [
    "\U0001d7d9", "\uff11", "\u202eabc", "a\u0301", "\u0130", "\ufeff", "%2e%2e%2f", "1; DROP",
]  # fmt: skip


@pytest.mark.parametrize("project", STRANGE_IDS)
async def test_tricks_with_letters_find_nothing(client: httpx.AsyncClient, project: str) -> None:
    found = await data(client, "query($id: ID!) { project(id: $id) { id } }", id=project)
    assert found["project"] is None
    answer = await client.get(f"{MUSIC}/project/{project}/status")
    assert answer.status_code in {404, 422}


@pytest.mark.parametrize(
    "path",
    [
        "/files/../../etc/passwd",
        "/files/..%2f..%2fetc%2fpasswd",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/files//etc/passwd",
        "/files/....//....//etc/passwd",
        "/files/%00",
        "/files/a%0d%0aSet-Cookie:%20x=1",
        "/files/" + "a/" * 500,
        "/assets/../../../backend/settings.py",
        "/..%2f..%2fbackend%2fsettings.py",
        "/graphiql/..%2f..%2f..%2fbackend%2fsettings.py",
    ],
)
async def test_no_path_leads_out(api: Api, path: str) -> None:
    """Sent byte by byte: clients would tidy the path up."""
    status, head, body = await raw(
        api, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert status in {400, 403, 404, 503}
    assert "set-cookie" not in head.lower()
    assert "root:" not in body
    assert "DEVELOPMENT_SECRET" not in body


TITLES = ["x\r\nSet-Cookie: a=b", "x\nX-Evil: 1", "a\x00b", "a\x1b[31m"]


@pytest.mark.parametrize("title", TITLES)
async def test_a_title_is_no_header(client: httpx.AsyncClient, title: str) -> None:
    answer = await ask(client, START, input={"prompt": "A song", "title": title})
    assert answer["data"]["generateFullSong"]["__typename"] == "InvalidInput"


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "=1+1", '"; filename=evil.exe', "é🎵"]
)
async def test_a_title_is_only_text(client: httpx.AsyncClient, title: str) -> None:
    project = await started(client, title=title)
    read = await data(client, "query($id: ID!) { project(id: $id) { title } }", id=project)
    assert read["project"]["title"] == title
    answer = await client.get(f"{MUSIC}/project/{project}/aggregate")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/graphql", "/ws"])
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example"]
)
async def test_other_pages_open_no_sockets(api: Api, path: str, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"{api.socket_url}{path}", additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403


async def test_half_open_and_slow_connections_keep_nobody_waiting(api: Api) -> None:
    url = urlsplit(api.url)
    slow = [await asyncio.open_connection(url.hostname, url.port) for _ in range(50)]
    for _, writer in slow:
        writer.write(b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        await writer.drain()
    async with httpx.AsyncClient(base_url=api.url, timeout=5) as client:
        assert (await client.get("/health")).status_code == 200
    for _, writer in slow:
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    "request_text",
    [
        "GET / HTTP/9.9\r\n\r\n",
        "\x00\x01\x02\r\n\r\n",
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}",
    ],
)
async def test_what_is_no_request_is_refused(api: Api, request_text: str) -> None:
    status, _, _ = await raw(api, request_text)
    assert status == 400


async def raw(api: Api, text: str) -> tuple[int, str, str]:
    """Send bytes as they are; return status, head and body of the answer."""
    url = urlsplit(api.url)
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    writer.write(text.encode("latin-1"))
    await writer.drain()
    answer = await asyncio.wait_for(reader.read(100_000), 10)
    writer.close()
    head, _, body = answer.decode("utf-8", "replace").partition("\r\n\r\n")
    return int(head.split(" ", 2)[1]), head, body
