"""What attacks cost the server: CPU time of its process, as the system counts it."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from backend.services.platform import Platform
from backend.settings import Settings
from tests.fixtures.api_process import ApiProcess, api_process
from tests.fixtures.played_worker import PlayedWorker
from tests.security.test_graphql_attacks import HOSTILE_BODIES, INTERNALS, REFUSED
from tests.security.test_other_attacks import FORGED

MOST_SECONDS = 0.05
REPEATS = 4
"""The system counts in hundredths of a second: what is looked at is the mean of so many."""
MUSIC = "/api/v1/music"
TRANSPORT = [Subprotocol("graphql-transport-ws")]
UNLIMITED = {"RATE_LIMIT_REQUESTS": "1000000", "RATE_LIMIT_SONGS": "1000000"}


@pytest.fixture(scope="module")
def server(api_settings: Settings) -> Iterator[ApiProcess]:
    with api_process(api_settings, **UNLIMITED) as running:
        graphql(
            running, "{ viewer { id } projects { totalCount } }"
        )  # what is loaded late is loaded
        yield running


def graphql(api: ApiProcess, document: str) -> None:
    answered(api.post("/graphql", json.dumps({"query": document})))


def answered(answer: httpx.Response) -> None:
    """Whatever was sent: an answer, no failure, and no word of what is inside."""
    assert answer.status_code < 500, answer.text
    assert not [word for word in INTERNALS if word in answer.text]


def attacks() -> dict[str, Callable[[ApiProcess, int], None]]:
    """Every attack by its name; the number makes each time a new one."""
    found: dict[str, Callable[[ApiProcess, int], None]] = {}
    for name, document in REFUSED.items():
        found[name] = lambda api, n, d=document: graphql(api, d + " " * n)
    for name, body in HOSTILE_BODIES.items():
        found[name] = lambda api, n, b=body: answered(api.post("/graphql", b + b" " * n))
        found[f"{name}, to the earlier API"] = lambda api, n, b=body: answered(
            api.post(f"{MUSIC}/generate/full-song", b + b" " * n)
        )
    for name, token in FORGED.items():
        found[f"a forged token: {name}"] = lambda api, n, t=token: answered(
            api.get(f"{MUSIC}/projects?{n}", Authorization=f"Bearer {t}".encode("latin-1"))
        )
    found["a search for everything"] = lambda api, n: graphql(
        api, f'{{ projects(search: "{"% _ " * 49}{n}") {{ totalCount }} }}'
    )
    found["frames that are none"] = lambda api, _: frames(api, "/graphql", "[" * 60_000)
    found["frames too large"] = lambda api, _: frames(api, "/ws", "x" * 200_000)
    found["many pings"] = lambda api, _: frames(api, "/ws", *['{"action": "ping"}'] * 200)
    found["nested frames"] = lambda api, _: frames(api, "/ws", '{"a":' * 9000)
    found["half a request"] = lambda api, _: hang_up(api, b"POST /graphql HTTP/1.1\r\nHost: x\r\n")
    found["many headers"] = lambda api, _: hang_up(
        api, b"GET /health HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % i for i in range(2000))
    )
    return found


ATTACKS = attacks()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_no_attack_costs_much(
    server: ApiProcess, attack: Callable[[ApiProcess, int], None]
) -> None:
    for number in range(2):
        attack(server, number)
    before = server.cpu_seconds()
    for number in range(2, 2 + REPEATS):
        attack(server, number)
    assert (server.cpu_seconds() - before) / REPEATS < MOST_SECONDS
    assert server.get("/health").status_code == 200


RANGES = [
    "bytes=" + ",".join(f"{n}-" for n in range(1000)),
    "bytes=" + "0-0," * 2000,
    "bytes=-99999999999999999999",
    "bytes=99999999999999999999-",
    "bytes=5-2",
    "bytes=--1",
    "bytes=0x0-0x9",
    "bytes=\u0661-\u0662",
    "lines=0-1",
    "bytes=0-" + "9" * 5000,
]


@pytest.mark.parametrize("wanted", RANGES, ids=range(len(RANGES)))
async def test_no_range_brings_more_than_the_file(
    server: ApiProcess,
    backstage: Platform,
    tmp_path: Path,
    wanted: str,
    shared_file: dict[str, str],
) -> None:
    if not shared_file:
        song = server.post(f"{MUSIC}/generate/full-song", '{"prompt": "a song"}').json()
        project = song["project_id"]
        await PlayedWorker(backstage, tmp_path).finish(project)
        aggregate = server.get(f"{MUSIC}/project/{project}/aggregate").json()
        url = urlsplit(aggregate["song"]["audio_url"])
        shared_file["path"] = f"{url.path}?{url.query}"
    whole = server.get(shared_file["path"])
    before = server.cpu_seconds()
    part = server.get(shared_file["path"], Range=wanted.encode())
    assert server.cpu_seconds() - before < MOST_SECONDS
    assert part.status_code in {200, 206, 416}
    assert len(part.content) <= len(whole.content)
    assert "multipart" not in part.headers["content-type"]


@pytest.fixture(scope="module")
def shared_file() -> dict[str, str]:
    return {}


def frames(api: ApiProcess, path: str, *texts: str) -> None:
    """Send frames over a socket of one's own until it is closed."""
    token = api.token("attacker")
    protocols = TRANSPORT if path == "/graphql" else None
    url = f"{api.socket_url}{path}?token={token}"
    with (
        suppress(ConnectionClosed),
        connect(url, subprotocols=protocols, ping_interval=None, max_size=None) as opened,
    ):
        for text in texts:
            opened.send(text)
        with suppress(TimeoutError):
            assert "INTERNAL" not in str(opened.recv(0.2))


def hang_up(api: ApiProcess, start: bytes) -> None:
    """Begin a request and leave."""
    url = urlsplit(api.url)
    with socket.create_connection((url.hostname, url.port)) as connection:
        connection.sendall(start)
        time.sleep(0.01)
