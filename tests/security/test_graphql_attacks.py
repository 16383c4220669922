"""Documents that attack: each is refused, cheaply, in few words, and nothing leaks."""

import json
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest
from strawberry.schema.exceptions import CannotGetOperationTypeError

from backend.limits import Limits
from backend.schema.definition import MusicSchema
from backend.settings import Settings
from tests.fixtures.api import Api, serving

INTERNALS = ("Traceback", "sqlalchemy", "sqlite3", "/backend/", "site-packages", "graphql-core")
LARGEST_ANSWER = 20_000
"""Characters; a small request must not fetch a large refusal."""

FRAGMENTS = " ".join(f"fragment F{n} on Query {{ ...F{n - 1} ...F{n - 1} }}" for n in range(1, 100))
LAUGHS = f"fragment F0 on Query {{ viewer {{ id }} }} {FRAGMENTS} {{ ...F99 }}"
NAMES = " ".join(f"a{n}: version {{ commit }}" for n in range(1000))
LOGINS = " ".join(f'm{n}: deleteProject(id: "{n}") {{ __typename }}' for n in range(100))
DEEP_LIST = "[" * 500 + "]" * 500

REFUSED = {
    "alias overload": f"{{ {NAMES} }}",
    "mutations batched by aliases": f"mutation {{ {LOGINS} }}",
    "field duplication": "{ " + "viewer { id } " * 2000 + "}",
    "field duplication below the token limit": "{ viewer { " + "id " * 1900 + "} }",
    "10,000 fields": "{ " + " ".join(f"f{n}" for n in range(10_000)) + " }",
    "directive overload": "{ viewer " + "@skip(if: false) " * 1000 + "{ id } }",
    "unknown directives": "{ viewer " + "@a " * 400 + "{ id } }",
    "depth": "{ project(id: 1) " + "{ takes " * 40 + "{ id }" + " }" * 41,
    "circular fragments": "fragment A on Query { ...B } fragment B on Query { ...A } { ...A }",
    "a fragment in itself": "fragment A on Query { viewer { id } ...A } query { ...A }",
    "fragments that double each other": LAUGHS,
    "list amplification": "{ projects(first: 100) { nodes { takes { song { sections { chords "
    "{ symbol startBeat durationBeats startSeconds } } } } } } }",
    "circular introspection": "{ __schema { types "
    + "{ fields { type " * 8 + "{ name }" + " } }" * 8
    + " } }",
    "deeply nested argument": f"{{ projects(search: {DEEP_LIST}) {{ totalCount }} }}",
    "a huge string": '{ project(id: "' + "x" * 900_000 + '") { id nothing } }',
    "a block string": '{ understand(prompt: """' + "la " * 2000 + '""") { facets { name } } }',
    "nothing but braces": "{" * 1500,
    "an empty document": "#" * 100_000,
    "a lone surrogate": '{ project(id: "\\uD800") { nothing } }',
}  # fmt: skip


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED.keys())
async def test_a_hostile_document_is_refused(client: httpx.AsyncClient, document: str) -> None:
    answer = await client.post("/graphql", json={"query": document})
    assert answer.status_code in {200, 400}, answer.text
    assert answer.json()["errors"]
    assert not answer.json().get("data")
    assert len(answer.text) < LARGEST_ANSWER
    assert not [word for word in INTERNALS if word in answer.text]
    assert "INTERNAL" not in answer.text


@pytest.mark.parametrize("document", REFUSED.values(), ids=REFUSED.keys())
async def test_refusing_costs_little(document: str) -> None:
    schema = MusicSchema(Limits())
    spent = []
    for repeat in range(3):
        begin = time.thread_time()
        await schema_errors(schema, document + " " * repeat)
        spent.append(time.thread_time() - begin)
    assert min(spent) < 0.05, "CPU seconds of this thread"


async def schema_errors(schema: MusicSchema, document: str) -> None:
    with suppress(CannotGetOperationTypeError):
        assert (await schema.execute(document)).errors


HOSTILE_BODIES = {
    "deeply nested JSON": b'{"query": "{ viewer { id } }", "variables": ' + b"[" * 20_000,
    "nested variables": b'{"query": "query($a: String) { projects(search: $a) { totalCount } }", '
    b'"variables": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}",
    "oversized variables": json.dumps(
        {
            "query": "query($a: String) { projects(search: $a) { totalCount } }",
            "variables": {"a": "x" * 900_000},
        }
    ).encode(),
    "many variables": json.dumps(
        {"query": "{ viewer { nothing } }", "variables": {f"v{n}": n for n in range(20_000)}}
    ).encode(),
    "a batch": b"[" + b'{"query": "{ viewer { id } }"},' * 99 + b'{"query": "{ viewer { id } }"}]',
    "a huge number": b'{"query": "query($f: Int!) { projects(first: $f) { totalCount } }", '
    b'"variables": {"f": 1' + b"0" * 400 + b"}}",
}


@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES.keys())
async def test_a_hostile_body_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await client.post("/graphql", content=body, headers=headers)
    assert answer.status_code in {200, 400, 413}
    assert answer.json()["errors"]
    assert len(answer.text) < LARGEST_ANSWER
    assert not [word for word in INTERNALS if word in answer.text]


@pytest.mark.parametrize(
    "media_type",
    [
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/plain; x=application/json",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_forms_of_other_pages_are_refused(
    client: httpx.AsyncClient, path: str, media_type: str
) -> None:
    body = b'{"query": "{ viewer { id } }"}'
    answer = await client.post(path, content=body, headers={"Content-Type": media_type})
    assert answer.status_code == 400
    assert "application/json" in answer.json()["errors"][0]["message"]


async def test_a_link_changes_nothing(client: httpx.AsyncClient) -> None:
    params = {"query": 'mutation { deleteProject(id: "1") { __typename } }'}
    answer = await client.get("/graphql", params=params, headers={"Accept": "application/json"})
    assert answer.status_code in {400, 405}


@pytest.fixture(scope="module")
def production(api_settings: Settings) -> Iterator[Api]:
    """The same platform as real users meet it."""
    with serving(api_settings.model_copy(update={"environment": "production"})) as running:
        yield running


@pytest.mark.parametrize(
    "document",
    [
        "{ __schema { types { name } } }",
        "query IntrospectionQuery { __schema { queryType { name } } }",
        "{\n\t__schema\n{ types\t{ name } } }",
        "{ a: __schema { types { name } } }",
        '{ __type(name: "Project") { fields { name } } }',
        "fragment F on Query { __schema { types { name } } } { ...F }",
        "{ ... on Query { ... { __schema { types { name } } } } }",
        "{ viewr { id } }",
        "{ projects(frist: 1) { totalCount } }",
        '{ projects(status: "COMPLETD") { totalCount } }',
        "{ projects(status: COMPLETD) { totalCount } }",
        'mutation { generateFullSong(input: {promt: "x"}) { __typename } }',
    ],
)
async def test_production_names_nothing(production: Api, user_id: str, document: str) -> None:
    headers = production.headers(user_id)
    async with httpx.AsyncClient(base_url=production.url, headers=headers) as client:
        answer = await client.post("/graphql", json={"query": document})
    assert answer.json()["errors"]
    assert not answer.json().get("data")
    for name in ("Did you mean", "viewer", "first", "COMPLETED", "prompt", "ProjectStatus!"):
        assert name not in answer.text


async def test_production_names_nothing_of_variables(production: Api, user_id: str) -> None:
    query = "mutation($i: GenerateFullSongInput!) { generateFullSong(input: $i) { __typename } }"
    headers = production.headers(user_id)
    async with httpx.AsyncClient(base_url=production.url, headers=headers) as client:
        answer = await client.post("/graphql", json={"query": query, "variables": {"i": {"a": 1}}})
    assert answer.json()["errors"]
    assert "prompt" not in answer.text


async def test_production_has_no_explorer_and_no_open_door(production: Api) -> None:
    async with httpx.AsyncClient(base_url=production.url) as client:
        page = await client.get("/graphql", headers={"Accept": "text/html"})
        explorer = await client.get("/graphiql/", headers={"Accept": "text/html"})
        token = await client.post("/api/v1/dev/token")
        headers = (await client.get("/health")).headers
    assert (page.status_code, explorer.status_code, token.status_code) == (404, 404, 404)
    assert headers["strict-transport-security"].startswith("max-age=")
