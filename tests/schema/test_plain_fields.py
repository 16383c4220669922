"""Plain fields are answered as graphql-core would answer them, quickly or not."""

from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, execute_sync, parse

from backend.models import Stage, StageStatus
from backend.schema.plain_fields import PlainFieldsFirst, note_plain_fields
from backend.schema.types.stage import Stage as StageType


@strawberry.enum
class Colour(Enum):
    RED = "red"


@strawberry.type
class Thing:
    name: str
    colour: Colour
    size: int | None


@strawberry.type
class Query:
    @strawberry.field
    def things(self, info: strawberry.Info) -> list[Thing]:
        return info.context

    @strawberry.field
    def thing(self, info: strawberry.Info) -> Thing | None:
        return info.context[0]

    @strawberry.field
    def stages(self, info: strawberry.Info) -> list[StageType]:
        return StageType.from_models(info.context)


SCHEMA = strawberry.Schema(Query)
note_plain_fields(SCHEMA._schema)
WORDS = "{ things { __typename name colour big: size } thing { name colour size } }"
PLAIN = "{ things { name c: colour size size } thing { name } }"


def answers(query: str, context: object) -> list[ExecutionResult]:
    """What both ways of execution say."""
    return [
        execute_sync(SCHEMA._schema, parse(query), context_value=context, executor_class=executor)
        for executor in (PlainFieldsFirst, SCHEMA.execution_context_class)
    ]


class Broken:
    name, size = "a", 1

    @property
    def colour(self) -> Colour:
        raise ValueError("no colour")


@pytest.mark.parametrize("query", [WORDS, PLAIN])
@pytest.mark.parametrize(
    "things",
    [
        [],
        [Thing(name="a", colour=Colour.RED, size=1), Thing(name="", colour=Colour.RED, size=None)],
        [SimpleNamespace(name=None, colour=Colour.RED, size=1)],
        [SimpleNamespace(name="a", colour=Colour.RED, size=2**40)],
        [SimpleNamespace(name="a", colour="blue", size=1)],
        [SimpleNamespace(name=["a"], colour=Colour.RED, size="many")],
        [SimpleNamespace(colour=Colour.RED, size=1)],
        [Broken()],
        [None],
    ],
)
def test_both_say_the_same(query: str, things: list[Any]) -> None:
    context = things or [None]
    quick, slow = answers(query, context)
    assert quick.data == slow.data
    assert [e.formatted for e in quick.errors or ()] == [e.formatted for e in slow.errors or ()]


def test_rows_are_shown_without_being_copied() -> None:
    row = Stage(take_id="t", position=0, name="planning", status=StageStatus.RUNNING)
    query = "{ stages { name status progress durationSeconds message } }"
    [quick, _] = answers(query, [row])
    assert quick.data == {
        "stages": [
            {
                "name": "PLANNING",
                "status": "RUNNING",
                "progress": 0.0,
                "durationSeconds": None,
                "message": None,
            }
        ]
    }
