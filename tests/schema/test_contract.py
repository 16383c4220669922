"""The schema keeps every name that clients rely on."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    build_schema,
    parse,
    print_ast,
)
from graphql.language import TypeDefinitionNode
from graphql.utilities import ast_from_value, find_breaking_changes

from backend.schema.definition import schema
from backend.schema.export import SDL_FILE, sdl

CONTRACT = Path(__file__).with_name("core.graphql")
PROMISED_ELSEWHERE = """
type Viewer { id: ID! }
type Style { id: ID! }
type Features { blockchain: Boolean! }
type Version { release: String! }
type Dashboard { running: [Project!]! }
type Take { id: ID! }
type Lyrics { text: String }
type ProjectConnection {
  nodes: [Project!]! totalCount: Int! pageInfo: PageInfo! edges: [ProjectEdge!]!
}
type ProjectEdge { cursor: String! node: Project! }
type ProjectEventConnection {
  nodes: [ProjectEvent!]! totalCount: Int! pageInfo: PageInfo! edges: [ProjectEventEdge!]!
}
type ProjectEventEdge { cursor: String! node: ProjectEvent! }
type PageInfo {
  hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String
}
type ProjectCancelled { project: Project! }
type ProjectRetried { project: Project! }
type ProjectRenamed { project: Project! }
type ProjectDeleted { id: ID! }
union CancelProjectResult = ProjectCancelled
union RetryProjectResult = ProjectRetried
union RenameProjectResult = ProjectRenamed
union DeleteProjectResult = ProjectDeleted
"""
"""What the contract names without spelling it out."""


@pytest.fixture(scope="module")
def contract() -> GraphQLSchema:
    return build_schema(CONTRACT.read_text() + PROMISED_ELSEWHERE)


@pytest.fixture(scope="module")
def ours() -> GraphQLSchema:
    return build_schema(sdl())


def test_the_committed_file_is_the_schema() -> None:
    assert SDL_FILE.read_text() == sdl(), "run: python -m backend.schema.export"


def test_nothing_that_clients_rely_on_is_missing_or_different(
    contract: GraphQLSchema, ours: GraphQLSchema
) -> None:
    assert [change.description for change in find_breaking_changes(contract, ours)] == []


def test_types_arguments_and_defaults_are_the_same_to_the_letter(
    contract: GraphQLSchema, ours: GraphQLSchema
) -> None:
    promised, kept = signatures(contract), signatures(ours)
    assert {name: kept.get(name) for name in promised} == promised


def test_descriptions_of_the_contract_are_published(
    contract: GraphQLSchema, ours: GraphQLSchema
) -> None:
    published = descriptions(ours)
    promised = {name: text for name, text in descriptions(contract).items() if text}
    missing = [name for name, text in promised.items() if plain(text) not in plain(published[name])]
    assert missing == []


def test_everything_is_described(ours: GraphQLSchema) -> None:
    assert [name for name, text in descriptions(ours).items() if not text] == []


def test_every_null_has_a_reason_that_is_told(ours: GraphQLSchema) -> None:
    told = descriptions(ours)
    silent = [
        f"{kind.name}.{name}"
        for kind in own_types(ours)
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if not isinstance(field.type, GraphQLNonNull)
        and not re.search(r"(?i)\b(null|if)\b", told[f"{kind.name}.{name}"] or "")
    ]
    assert silent == []


def test_the_file_is_valid_sdl() -> None:
    names = [
        node.name.value
        for node in parse(SDL_FILE.read_text()).definitions
        if isinstance(node, TypeDefinitionNode)
    ]
    assert len(names) == len(set(names)) > 40


def plain(text: str | None) -> str:
    """The words alone, so that line breaks and capitals do not matter."""
    return " ".join((text or "").casefold().rstrip(".").split())


def own_types(of: GraphQLSchema) -> list[GraphQLNamedType]:
    builtin = {"String", "Int", "Float", "Boolean", "ID"}
    return [
        t for t in of.type_map.values() if not t.name.startswith("__") and t.name not in builtin
    ]


def signatures(of: GraphQLSchema) -> dict[str, str]:
    """Every field, argument, value and member with its type and default."""
    found: dict[str, str] = {}
    for kind in own_types(of):
        if isinstance(kind, GraphQLUnionType):
            found |= {f"{kind.name} | {member.name}": "" for member in kind.types}
        elif isinstance(kind, GraphQLEnumType):
            found |= {f"{kind.name}.{value}": "" for value in kind.values}
        elif isinstance(kind, GraphQLInputObjectType):
            found |= {f"{kind.name}.{n}": with_default(f) for n, f in kind.fields.items()}
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found |= {f"{kind.name} & {face.name}": "" for face in kind.interfaces}
            for name, field in kind.fields.items():
                found[f"{kind.name}.{name}"] = str(field.type)
                for argument, a in field.args.items():
                    found[f"{kind.name}.{name}({argument})"] = with_default(a)
    return found


def with_default(element) -> str:
    if element.default is not None:
        literal = element.default.literal
        return f"{element.type} = {print_ast(literal)}"
    if element.default_value is Undefined:
        return str(element.type)
    return f"{element.type} = {print_ast(ast_from_value(element.default_value, element.type))}"


def descriptions(of: GraphQLSchema) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for kind in own_types(of):
        found[kind.name] = kind.description
        for name, value in getattr(kind, "values", {}).items():
            found[f"{kind.name}.{name}"] = value.description
        for name, field in getattr(kind, "fields", {}).items():
            found[f"{kind.name}.{name}"] = field.description
            for argument, a in getattr(field, "args", {}).items():
                found[f"{kind.name}.{name}({argument})"] = a.description
    return found


def test_the_served_schema_validates() -> None:
    assert schema.introspect()["__schema"]["subscriptionType"]["name"] == "Subscription"
