"""GraphQL over HTTP."""

import json
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.api import Api, serving
from tests.schema.asking import ask

AUDITS = Path(__file__).with_name("audits.mjs")


def audited(api: Api, how: str) -> dict[str, Any]:
    command = ["node", AUDITS, f"{api.url}/graphql", how]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_every_audit_of_graphql_http_passes(api: Api) -> None:
    report = audited(api, "with-header")
    assert report["total"] >= 61
    assert report["failures"] == []


def test_plain_gets_are_all_that_is_refused_and_may_be_let_in(api: Api) -> None:
    refused = audited(api, "plain")["failures"]
    assert refused
    assert all(audit["name"].startswith("MAY") for audit in refused), refused
    with serving(api.settings.model_copy(update={"get_needs_header": False})) as lenient:
        assert audited(lenient, "plain")["failures"] == []


async def test_an_anonymous_viewer_is_null_and_everybody_may_read_the_styles(api: Api) -> None:
    async with httpx.AsyncClient(base_url=api.url) as anonymous:
        answer = await ask(anonymous, "{ viewer { id } styles { id tempoBpm { low high } } }")
    assert answer["data"]["viewer"] is None
    assert len(answer["data"]["styles"]) >= 10
    assert all(s["tempoBpm"]["low"] <= s["tempoBpm"]["high"] for s in answer["data"]["styles"])


async def test_an_anonymous_request_for_projects_is_told_to_sign_in(api: Api) -> None:
    async with httpx.AsyncClient(base_url=api.url) as anonymous:
        answer = await ask(anonymous, "{ projects { totalCount } }")
    assert answer["errors"][0]["extensions"]["code"] == "NOT_AUTHENTICATED"


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic YTpi", "Bearer", "nonsense"])
async def test_a_wrong_token_is_401_with_a_code(api: Api, header: str) -> None:
    async with httpx.AsyncClient(base_url=api.url, headers={"Authorization": header}) as wrong:
        response = await wrong.post("/graphql", json={"query": "{ viewer { id } }"})
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_AUTHENTICATED"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"5",
        b"null",
        b'"text"',
        b"[]",
        b"[{}]",
        b"{}",
        b'{"query": 5}',
        b'{"query": "{ viewer { id } }", "variables": 5}',
        b'{"query": "{ viewer { id } }", "operationName": {}}',
        b'{"query": "query A { viewer { id } }", "operationName": "B"}',
        b'{"query": "subscription { dashboard { running { id } } }"}',
        b"[" * 20_000,
        b'{"query": "\xff"}',
    ],
)
async def test_bodies_that_are_no_operation_are_refused(
    client: httpx.AsyncClient, body: bytes
) -> None:
    headers = {"Content-Type": "application/json"}
    response = await client.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"]


async def test_validation_errors_are_shown_as_they_are(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ viewer { nothing } }")
    assert answer["errors"][0]["message"].startswith("Cannot query field 'nothing'")


async def test_variables_of_the_wrong_type_are_named(client: httpx.AsyncClient) -> None:
    query = "query($first: Int!) { projects(first: $first) { totalCount } }"
    answer = await ask(client, query, first="many")
    assert "$first" in answer["errors"][0]["message"]


async def test_browsers_are_sent_to_the_explorer(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["location"]) == (307, "/graphiql/")


DEEP = "project(id: 1) { takes { stages { name } song { " * 6 + "key" + " } } }" * 6
MANY_NAMES = " ".join(f"a{number}: viewer {{ id }}" for number in range(40))
LONG = "viewer { " + "id " * 3000 + "}"


@pytest.mark.parametrize(
    ("selection", "reason"), [(DEEP, "depth"), (MANY_NAMES, "aliases"), (LONG, "tokens")]
)
async def test_documents_that_ask_too_much_are_refused(
    client: httpx.AsyncClient, selection: str, reason: str
) -> None:
    answer = await ask(client, f"{{ {selection} }}")
    assert "data" not in answer or answer["data"] is None
    assert any(reason in error["message"] for error in answer["errors"])
