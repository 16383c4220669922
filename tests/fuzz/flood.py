"""Whatever comes, over every way in, thousands of times: ``python -m tests.fuzz.flood 20000``.

GraphQL documents (those that fit the schema, those that do not, and text) in bodies and addresses,
bodies and addresses of the REST API, addresses of files, frames of both WebSockets. Nothing may be
answered with 500, nothing may take ten seconds, and once its caches are full the server may hold no
more than before.
"""

import argparse
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
from graphql import StringValueNode, build_schema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import strategies as graphql
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from backend.launch.valkey import EmbeddedValkey
from backend.persistence.migrate import upgrade
from backend.schema.export import SDL_FILE
from tests.fixtures.api_process import ApiProcess, api_process
from tests.fixtures.engine import settings_for

PATIENCE_SECONDS = 10
ALLOWANCE_MEGABYTES = 10
"""From one fifth to the next, at the end."""
UNLIMITED = {"RATE_LIMIT_REQUESTS": "100000000", "RATE_LIMIT_SONGS": "100000000"}
REST = "/api/v1/music"
DATE = st.just(StringValueNode(value="2026-01-31T12:00:00Z"))

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
SCHEMA = build_schema(SDL_FILE.read_text())
documents = graphql.from_schema(SCHEMA, custom_scalars={"DateTime": DATE})
asked = st.fixed_dictionaries(
    {"query": documents | documents | st.text(max_size=60) | anything},
    optional={"variables": anything, "operationName": anything, "extensions": anything},
)
songs = st.dictionaries(
    st.sampled_from(["project_name", "prompt", "style_config", "lyrics_request", "x"]), anything
)
paths = st.builds(
    lambda project, view, query: f"{REST}/project/{quote(project, safe='')}/{view}?{query}",
    st.text(max_size=20),
    st.sampled_from(["aggregate", "status", "events", ""]),
    st.text("abc=&%0129+-", max_size=12),
)
addresses = st.builds(
    lambda given: f"/graphql?{urlencode(given)}",
    st.fixed_dictionaries(
        {"query": documents | st.text(max_size=60)},
        optional=dict.fromkeys(("variables", "operationName", "extensions"), st.text(max_size=20)),
    ),
)
files = st.builds(
    lambda place, rest, given: f"/files/{place}{quote(rest)}?{urlencode(given)}",
    st.sampled_from(["", "takes/", f"shared/{'x' * 32}/", "ab/", "../"]),
    st.text(max_size=20),
    st.dictionaries(
        st.sampled_from(["name", "disposition", "expires", "signature"]), st.text(max_size=9)
    ),
)
actions = st.fixed_dictionaries(
    {"action": st.sampled_from(["subscribe", "unsubscribe", "ping", "authenticate"]) | anything},
    optional=dict.fromkeys(("project_id", "after", "token", "envelope"), anything),
)
messages = st.fixed_dictionaries(
    {"type": st.sampled_from(["subscribe", "complete", "ping", "pong"]) | anything},
    optional={"id": st.text(max_size=5) | anything, "payload": asked | anything},
)
ways = st.one_of(
    st.tuples(st.just("graphql"), asked),
    st.tuples(st.just("graphql as text"), st.binary(max_size=80)),
    st.tuples(st.just("song"), songs | anything),
    st.tuples(st.just("path"), paths),
    st.tuples(st.just("address"), addresses),
    st.tuples(st.just("file"), files),
    st.tuples(st.just("/ws"), actions | anything | st.text(max_size=60)),
    st.tuples(st.just("/graphql"), messages | anything | st.text(max_size=60)),
)


@dataclass
class Visitor:
    """Somebody who sends anything."""

    api: ApiProcess
    client: httpx.Client
    sockets: dict[str, ClientConnection] = field(default_factory=dict)
    ends: dict[str, ExitStack] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def send(self, way: str, what: object) -> None:
        """Send something one way and look at the answer."""
        if way.startswith("/"):
            self._frame(way, what)
            return
        match way:
            case "graphql":
                answer = self._post("/graphql", json.dumps(what))
            case "graphql as text":
                answer = self._post("/graphql", what)
            case "song":
                answer = self._post(f"{REST}/generate/full-song", json.dumps(what))
            case _:
                answer = self.client.get(str(what))
        assert answer.status_code < 500, (way, what, answer.text)
        assert '"INTERNAL"' not in answer.text, (way, what, answer.text)
        self.seen[f"{way} {answer.status_code}"] += 1

    def _post(self, path: str, content: object) -> httpx.Response:
        return self.client.post(path, content=content, headers={"Content-Type": "application/json"})

    def _frame(self, path: str, what: object) -> None:
        frame = what if isinstance(what, str) else json.dumps(what)
        try:
            socket = self.sockets.get(path) or self._open(path)
            with suppress(TimeoutError):
                while True:  # what is not read in the end keeps the client from reading at all
                    socket.recv(0)
            socket.send(frame)
            socket.send('{"type": "ping", "action": "ping"}')
            while "pong" not in (message := str(socket.recv(PATIENCE_SECONDS))):
                assert '"INTERNAL"' not in message, (path, what, message)
            self.seen[f"{path} answered"] += 1
        except ConnectionClosed as closed:
            self._note_closed(path, what, closed)

    def _note_closed(self, path: str, what: object, closed: ConnectionClosed) -> None:
        self.ends.pop(path).close()
        del self.sockets[path]
        code = closed.rcvd.code if closed.rcvd else 0
        assert code not in {0, 1006, 1011}, (path, what, closed)
        self.seen[f"{path} closed {code}"] += 1

    def _open(self, path: str) -> ClientConnection:
        token = self.api.token("flood")
        protocols = [Subprotocol("graphql-transport-ws")] if path == "/graphql" else None
        url = f"{self.api.socket_url}{path}?token={token}"
        self.ends[path] = ExitStack()
        opening = connect(url, subprotocols=protocols, ping_interval=None)
        socket = self.ends[path].enter_context(opening)
        if path == "/graphql":
            greeting = {"type": "connection_init", "payload": {"token": token}}
            socket.send(json.dumps(greeting))
            socket.recv(PATIENCE_SECONDS)
        self.sockets[path] = socket
        return socket


def flood(api: ApiProcess, count: int) -> tuple[Counter[str], list[float], list[int]]:
    """Send so many, in five parts.

    Returns
    -------
    Counter, list of float, list of int
        How they ended; and what the server held after each part, in MiB and descriptors.
    """
    headers = api.headers("flood")
    short = httpx.Limits(keepalive_expiry=1)  # a server may close what has been idle for longer
    with httpx.Client(
        base_url=api.url, headers=headers, timeout=PATIENCE_SECONDS, limits=short
    ) as client:
        visitor = Visitor(api, client)
        megabytes, descriptors = [], []
        for _ in range(5):
            client.headers.update(api.headers("flood"))
            send_many(visitor.send, count // 5)
            megabytes.append(api.megabytes())
            descriptors.append(api.descriptors())
        assert client.get("/health").is_success
        for end in visitor.ends.values():
            end.close()
    return visitor.seen, megabytes, descriptors


def send_many(send: Callable[[str, object], None], count: int) -> None:
    """Draw and send; a failure is made smaller and shown."""

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(ways)
    def each(one: tuple[str, object]) -> None:
        send(*one)

    each()


def main() -> None:
    """Read the number and report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("requests", type=int)
    count = parser.parse_args().requests
    folder = Path(tempfile.mkdtemp(prefix="music-flood-"))
    url = f"sqlite+aiosqlite:///{folder}/music.db"
    upgrade(url)
    with (
        EmbeddedValkey(folder, folder / "v.sock") as valkey,
        api_process(settings_for(folder, url, valkey), **UNLIMITED) as api,
    ):
        before = api.cpu_seconds()
        seen, megabytes, descriptors = flood(api, count)
        spent = api.cpu_seconds() - before
    shutil.rmtree(folder)
    for ending, times in sorted(seen.items()):
        print(f"{times:7} {ending}")
    print(f"{sum(seen.values())} answered, none with 500; {spent * 1000 / count:.1f} ms CPU each")
    print(f"held after each fifth: {[round(m) for m in megabytes]} MiB, {descriptors} descriptors")


if __name__ == "__main__":
    main()
