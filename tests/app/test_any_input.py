"""Whatever is sent: an answer, never a failure of ours."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.api import Api
from tests.schema.asking import START

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)
READ = """query($id: ID!, $first: Int!, $after: String, $search: String) {
  project(id: $id) { id }
  projects(first: $first, after: $after, search: $search) { totalCount }
}"""
syntax = st.text('{}()[]$:!,.@ abz"\\u', max_size=40)
many = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def record(**fields: st.SearchStrategy) -> st.SearchStrategy:
    return anything | st.fixed_dictionaries({}, optional=fields)


def any_of(*names: str) -> dict[str, st.SearchStrategy]:
    return dict.fromkeys(names, anything)


songs = record(
    prompt=anything | st.text(),
    project_name=anything,
    style_config=record(**any_of("genre", "energy", "mood", "tempo", "key", "time_signature")),
    lyrics_request=record(**any_of("theme", "style", "mood", "language", "explicit")),
    advanced_options=anything,
)
inputs = record(prompt=st.text(), **any_of("seed", "durationSeconds", "style", "title"))
operations = record(
    query=anything | syntax | st.sampled_from([START, READ]),
    variables=record(
        input=inputs, id=st.text(), first=st.integers(), after=st.text(), search=st.text()
    ),
    **any_of("operationName", "extensions"),
)


@pytest.fixture
def caller(api: Api, user_id: str) -> Iterator[httpx.Client]:
    headers = api.headers(user_id) | {"Content-Type": "application/json"}
    with httpx.Client(base_url=api.url, headers=headers) as opened:
        yield opened


@many
@given(songs)
def test_rest_answers_any_body(caller: httpx.Client, body: object) -> None:
    response = caller.post("/api/v1/music/generate/full-song", content=json.dumps(body))
    assert response.status_code in {200, 400, 422}, response.text


@many
@given(st.text(max_size=30), st.sampled_from(["aggregate", "status", "events"]))
def test_rest_answers_any_project(caller: httpx.Client, project_id: str, view: str) -> None:
    response = caller.get(f"/api/v1/music/project/{quote(project_id, safe='')}/{view}")
    assert response.status_code in {404, 422}, response.text


@many
@given(operations)
def test_graphql_answers_any_operation(caller: httpx.Client, body: object) -> None:
    response = caller.post("/graphql", content=json.dumps(body))
    assert response.status_code in {200, 400}, response.text
    assert "INTERNAL" not in response.text
