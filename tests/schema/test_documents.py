"""Documents: remembered, measured, and refused with the measure that is too large."""

import asyncio
from types import SimpleNamespace

import httpx
import pytest
from graphql import parse

from backend.limits import Limits
from backend.schema import documents
from backend.schema.definition import MusicSchema
from backend.schema.size import oversize
from tests.schema.asking import ask, data

LIMITS = Limits()
SCHEMA = MusicSchema(LIMITS)
PAGE = "query($first: Int!) { projects(first: $first) { nodes { takes { stages { name } } } } }"
LAUGHS = "fragment F0 on Query { viewer { id } } " + " ".join(
    f"fragment F{n} on Query {{ ...F{n - 1} ...F{n - 1} }}" for n in range(1, 100)
)
CHANGE = 'deleteProject(id: "1") { __typename } '
RING = "fragment A on Query { ...B } fragment B on Query { viewer { id } ...A } { ...A }"


async def test_the_second_request_neither_parses_nor_validates(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "query CachedOnce($first: Int!) { projects(first: $first) { totalCount } }"
    await data(client, query, first=1)

    def again(*_: object, **__: object) -> None:
        raise AssertionError("the work was done again")

    monkeypatch.setattr(documents, "parse", again)
    monkeypatch.setattr(documents, "validate", again)
    assert await data(client, query, first=2) == {"projects": {"totalCount": 0}}
    answer = await client.post("/graphql", json={"query": "{ viewer { __typename id } }"})
    assert answer.status_code == 500, "a new document would have been parsed"


def problems(text: str, **variables: object) -> list[str]:
    SCHEMA.documents.parsed(text)
    return [error.message for error in SCHEMA.documents.problems(text, None, variables)]


def test_cost_is_length_times_entries() -> None:
    # 1 project field + first × (1 nodes) … each node: 1 takes + 10 × (1 stages + 10 names)
    assert problems(PAGE, first=100) == []
    assert problems(PAGE, first=1000) == [
        "The answer may have 111002 fields; 20000 are allowed. Ask for fewer at a time."
    ]


@pytest.mark.parametrize("first", [-5, 0, 10**30, True])
def test_cost_takes_any_number(first: int) -> None:
    assert len(problems(PAGE, first=first)) == (first == 10**30)


def test_a_default_of_a_variable_counts() -> None:
    assert problems(PAGE.replace("Int!", "Int! = 1000")) != []


def test_fragments_that_double_each_other_are_expensive_and_quickly_found() -> None:
    [message] = problems(LAUGHS + " { ...F99 }")
    assert "fields" in message


def test_fragments_in_a_ring_are_refused_by_validation() -> None:
    assert "within itself" in problems(RING)[0]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("{ " + "viewer { id } " * 300 + "}", "600 fields"),
        ("{ viewer { " + " ".join(f"a{n}: id" for n in range(31)) + " } }", "31 aliases"),
        ("{ viewer " + "@skip(if: false) " * 21 + "{ id } }", "21 directives"),
        (f"mutation {{ {CHANGE * 6} }}", "6 changes"),
        (f"mutation {{ ...F ...F }} fragment F on Mutation {{ {CHANGE * 3} }}", "6 changes"),
        (f"mutation {{ ... {{ {CHANGE * 6} }} }}", "6 changes"),
        ("{ project(id: 1) " + "{ takes " * 10 + "{ id }" + " }" * 11, "12 levels of depth"),
    ],
)
def test_a_measure_that_is_too_large_is_named_with_what_is_allowed(text: str, measure: str) -> None:
    [error] = oversize(parse(text), LIMITS)
    assert measure in error.message
    assert "are allowed" in error.message


def test_names_are_hidden_where_they_shall_be() -> None:
    hiding = MusicSchema(LIMITS, hide_names=True).documents
    for text in (
        "{ viewr { id } }",
        "{ __schema { types { name } } }",
        "{\n__type(name: 1) {name}}",
    ):
        hiding.parsed(text)
        [error, *_] = hiding.problems(text, None, None)
        assert "Did you mean" not in error.message


async def test_errors_are_few(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ " + " ".join(f"x{n}" for n in range(200)) + " }")
    assert len(answer["errors"]) <= 11


async def test_what_takes_too_long_is_given_up() -> None:
    async def hang(_: str) -> None:
        await asyncio.Event().wait()

    context = SimpleNamespace(loaders=SimpleNamespace(project=SimpleNamespace(load=hang)))
    hurried = MusicSchema(Limits(max_query_seconds=0.01))
    result = await hurried.execute("{ project(id: 1) { id } }", context_value=context)
    assert result.errors is not None
    assert result.errors[0].extensions == {"code": "TOO_SLOW"}
