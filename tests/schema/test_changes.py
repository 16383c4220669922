"""Changes of the schema are named before clients meet them."""

import re
from pathlib import Path

import pytest
from graphql import DEFAULT_DEPRECATION_REASON, build_schema

from backend.schema.changes import changes, deprecated, main
from backend.schema.export import SDL_FILE, sdl

OLDER = "type Query { song(id: ID!): String! genre: Genre } enum Genre { JAZZ }"


def test_nothing_breaks_compared_with_the_committed_schema() -> None:
    assert changes(SDL_FILE.read_text(), sdl()).breaking == []


@pytest.mark.parametrize(
    ("newer", "named"),
    [
        ("type Query { genre: Genre } enum Genre { JAZZ }", "Query.song"),
        ("type Query { song(id: ID!): String genre: Genre } enum Genre { JAZZ }", "Query.song"),
        (
            "type Query { song(id: ID!, key: String!): String! genre: Genre } enum Genre { JAZZ }",
            "key",
        ),
        ("type Query { song(id: ID!): String! genre: Genre } enum Genre { POP }", "JAZZ"),
    ],
)
def test_what_breaks_is_named(newer: str, named: str) -> None:
    assert any(named in text for text in changes(OLDER, newer).breaking)


def test_what_was_deprecated_may_go() -> None:
    older = (
        'type Query { song: String @deprecated(reason: "Use take.") take: String genre: Genre } '
        'enum Genre { JAZZ POP @deprecated(reason: "Use JAZZ.") }'
    )
    newer = "type Query { take: String genre: Genre } enum Genre { JAZZ }"
    breaking, careful = changes(older, newer)
    assert breaking == []
    assert [text.removesuffix(" was removed.") for text in careful] == [
        "Field Query.song",
        "Enum value Genre.POP",
    ]
    silent = re.sub(r"@deprecated\(.*?\)", "", older)
    assert len(changes(silent, newer).breaking) == 2


def test_what_is_deprecated_says_what_to_use() -> None:
    unsaid = build_schema("type Query { a: Int @deprecated b: Int }")
    assert deprecated(unsaid) == {"Query.a": DEFAULT_DEPRECATION_REASON}
    ours = deprecated(build_schema(sdl()))
    assert [name for name, reason in ours.items() if "Use " not in reason] == []


def test_a_new_value_is_dangerous_and_a_new_field_is_nothing() -> None:
    newer = OLDER.replace("JAZZ", "JAZZ POP").replace("genre:", "more: Int genre:")
    breaking, [dangerous] = changes(OLDER, newer)
    assert breaking == []
    assert "POP" in dangerous


def test_the_command_tells_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "Nothing breaks" in capsys.readouterr().out
    older = tmp_path / "older.graphql"
    older.write_text(SDL_FILE.read_text().replace("type Facet {", "type Facet {\n  gone: Int\n"))
    assert main([str(older)]) == 1
    assert "breaks: " in capsys.readouterr().out
