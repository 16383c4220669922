"""A query that has a plan is answered as graphql-core answers it."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
import strawberry
from graphql import execute, get_operation_ast, parse, validate
from graphql.execution.execute import ExecutionResult

from backend.schema.planning import Planner
from backend.schema.plans import Plan

Number = strawberry.Info[Any, None]


@strawberry.type
class Leaf:
    name: str
    size: int | None = None


@strawberry.type
class Tree:
    name: str
    leaves: list[Leaf]
    crown: Leaf | None = None

    @strawberry.field
    async def later(self, info: Number) -> list[Leaf]:
        await asyncio.sleep(0)
        assert info.context is SURROUNDINGS
        return self.leaves

    @strawberry.field
    async def neighbour(self, name: str = "ash") -> "Tree | None":
        await asyncio.sleep(0)
        return None if name == "none" else Tree(name=name, leaves=[])

    @strawberry.field
    def broken(self) -> str | None:
        raise ValueError("broken")

    @strawberry.field
    async def broken_later(self) -> str:
        await asyncio.sleep(0)
        raise ValueError("broken, later")

    @strawberry.field
    def missing(self) -> str:
        return None  # type: ignore[return-value] - what a plan must not show


@strawberry.input
class Wish:
    most: int = 10
    names: list[str] | None = None


@strawberry.type
class Query:
    @strawberry.field
    def trees(self, first: int = 2, wish: Wish | None = None) -> list[Tree]:
        names = (wish.names if wish else None) or ["oak", "elm", "fir"]
        most = min(first, wish.most if wish else 10)
        return [Tree(name=name, leaves=[Leaf(name=f"{name} 1", size=1)]) for name in names[:most]]

    @strawberry.field
    def asked_of(self, info: Number) -> str:
        return info.field_name

    @strawberry.field
    def tags(self) -> list[str]:
        return ["a", "b"]


SCHEMA = strawberry.Schema(Query)
SURROUNDINGS = SimpleNamespace()


def plan_of(text: str) -> Plan | None:
    document = parse(text)
    assert not validate(SCHEMA._schema, document)
    operation = get_operation_ast(document)
    assert operation is not None
    return Planner(SCHEMA, document).plan(operation)


async def planned(text: str, variables: dict[str, Any]) -> Any:
    plan = plan_of(text)
    assert plan is not None
    data, run = plan.begin(SURROUNDINGS, variables)  # type: ignore[arg-type] - nobody looks
    await run.finish()
    return data


async def executed(text: str, variables: dict[str, Any]) -> ExecutionResult:
    result = execute(
        SCHEMA._schema, parse(text), variable_values=variables, context_value=SURROUNDINGS
    )
    return result if isinstance(result, ExecutionResult) else await result


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ tags trees { __typename name leaves { size name } crown { name } } }", {}),
        ("{ a: trees(first: 1) { n: name } b: trees { name } }", {}),
        ("query($n: Int!) { trees(first: $n) { name } }", {"n": 1}),
        ("query($n: Int = 3) { trees(first: $n) { name } }", {}),
        ("query($w: Wish) { trees(wish: $w) { name } }", {"w": {"names": ["yew"]}}),
        ('{ trees(wish: {most: 1, names: ["a", "b"]}) { name } }', {}),
        ("{ trees { later { name } neighbour { name neighbour(name: \"none\") { name } } } }", {}),
        ("{ trees { ...F } trees { leaves { size } } } fragment F on Tree { leaves { name } }", {}),
        ("{ ... on Query { ... { tags } } }", {}),
        ("{ trees(first: 0) { later { name } } }", {}),
    ],
)  # fmt: skip
async def test_a_plan_says_what_graphql_core_says(text: str, variables: dict[str, Any]) -> None:
    expected = await executed(text, variables)
    assert expected.errors is None
    found = await planned(text, variables)
    assert found == expected.data
    assert repr(found) == repr(expected.data), "also the order of the fields"


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("{ trees { broken } }", {}),
        ("{ trees { name later { name } brokenLater } }", {}),
        ("{ trees { missing later { name } } }", {}),
        ("{ askedOf }", {}),
        ("query($n: Int!) { trees(first: $n) { name } }", {"n": "many"}),
        ("query($n: Int!) { trees(first: $n) { name } }", {}),
    ],
)
async def test_whatever_is_out_of_the_ordinary_ends_the_plan(
    text: str, variables: dict[str, Any]
) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011 - any: graphql-core says it again
        await planned(text, variables)


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { types { name } } }",
        "{ tags @skip(if: true) trees { name } }",
        "query($no: Boolean!) { trees { name @include(if: $no) } }",
        "{ ...F @include(if: false) tags } fragment F on Query { trees { name } }",
    ],
)
def test_documents_of_another_kind_have_no_plan(text: str) -> None:
    assert plan_of(text) is None
