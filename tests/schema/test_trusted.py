"""Servers that execute only the documents they trust."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from graphql import parse

from backend.errors import ConfigurationError
from backend.schema import trusted
from backend.schema.trusted import STUDIO, TrustedDocuments, normal_form, trusted_documents
from backend.settings import Settings
from tests.fixtures.api import Api, serving
from tests.schema.test_persisted import QUERY, extensions, hashed

SOURCES = Path(trusted.__file__).parents[2] / "frontend" / "src"
NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"


async def test_a_server_can_be_told_to_execute_nothing_else(
    api_settings: Settings, api: Api, user_id: str, tmp_path: Path
) -> None:
    file = tmp_path / "documents.json"
    file.write_text(json.dumps({hashed(QUERY): QUERY}))
    with serving(api_settings.model_copy(update={"trusted_documents": file})) as strict:
        headers = api.headers(user_id)
        async with httpx.AsyncClient(base_url=strict.url, headers=headers) as client:
            by_hash = {"extensions": extensions(hashed(QUERY))}
            for body in (by_hash, {"query": QUERY}):
                answer = await client.post("/graphql", json=body)
                assert answer.json()["data"]["viewer"]["id"] == user_id
            other = QUERY.replace(" id ", " name: id ")
            learning = {"query": other, "extensions": extensions(hashed(other))}
            for body in ({"query": other}, learning):
                [error] = (await client.post("/graphql", json=body)).json()["errors"]
                assert error["extensions"]["code"] == NOT_TRUSTED


@pytest.mark.parametrize("content", [None, "no JSON", "[]"])
def test_a_file_that_holds_no_documents_stops_the_start(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "documents.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigurationError, match="AIMUSIC_TRUSTED_DOCUMENTS"):
        trusted_documents(file)


@pytest.fixture(scope="module")
def strict(api_settings: Settings) -> Iterator[Api]:
    """A server that trusts the studio alone."""
    production = {"environment": "production", "trusted_documents": Path("studio")}
    with serving(api_settings.model_copy(update=production)) as running:
        yield running


def documents_of_the_studio() -> list[str]:
    """Its operations as they stand in its source, each with the fragments that it spreads."""
    files = [f for f in SOURCES.rglob("*.ts*") if "gql" not in f.parts and ".test." not in f.name]
    found = [re.findall(r"graphql\(`(.+?)`\)", f.read_text(), re.DOTALL) for f in files]
    texts = [text for of_file in found for text in of_file]
    fragments = {name: text for text in texts for name in re.findall(r"fragment (\w+) on", text)}
    return [with_fragments(text, fragments) for text in texts if text not in fragments.values()]


def with_fragments(text: str, fragments: dict[str, str]) -> str:
    """Return a document with all that it spreads, directly or not."""
    wanted: dict[str, str] = {}
    waiting = [text]
    while waiting:
        for name in re.findall(r"\.\.\.(\w+)", waiting.pop()):
            if name in fragments and name not in wanted:
                wanted[name] = fragments[name]
                waiting.append(fragments[name])
    return "\n".join([text, *wanted.values()])


def test_every_document_of_the_studio_is_written_down() -> None:
    kept, ours = trusted_documents(Path("studio")), documents_of_the_studio()
    assert kept is not None
    assert len(ours) >= 10
    assert [text for text in ours if parse(text) not in kept] == [], "run: npm run codegen"
    assert len(json.loads(STUDIO.read_text())) == len(ours), "run: npm run codegen"


def test_the_names_are_the_hashes_of_the_texts() -> None:
    for name, text in json.loads(STUDIO.read_text()).items():
        assert name == f"sha256:{hashed(text)}"


async def test_the_studio_is_served_and_nobody_else(strict: Api, user_id: str) -> None:
    async with httpx.AsyncClient(base_url=strict.url, headers=strict.headers(user_id)) as client:
        styles = next(text for text in documents_of_the_studio() if "query Styles" in text)
        answer = await client.post("/graphql", json={"query": styles})
        assert "data" in answer.json(), answer.text
        for text in ("{ viewer { id } }", "{ __typename }", styles.replace("name", "n: name")):
            [error] = (await client.post("/graphql", json={"query": text})).json()["errors"]
            assert error["extensions"]["code"] == NOT_TRUSTED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{ a b { c d } }", "query { b { d c } a }"),
        ("{ a(x: 1, y: 2) }", "{ a(y: 2, x: 1) }"),
        ("query($a: Int, $b: Int) { c }", "query($b: Int, $a: Int) { c }"),
        ("{ a { b } }", "{ __typename a { __typename b } }"),
        ("{ ...F } fragment F on Q { a }", "fragment F on Q { a } { ...F }"),
        ("{ a a }", "{ a }"),
    ],
)
def test_what_asks_for_the_same_is_the_same(one: str, other: str) -> None:
    assert normal_form(parse(one)) == normal_form(parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{ a }", "{ x: a }"),
        ("{ a }", "{ a b }"),
        ("{ a(x: 1) }", "{ a(x: 2) }"),
        ("{ a }", "query Named { a }"),
        ("{ a }", "mutation { a }"),
        ("{ a { b } c }", "{ a c { b } }"),
        ("{ a @skip(if: true) }", "{ a }"),
        ("{ a { __typename } }", "{ a { b } }"),
    ],
)
def test_what_asks_for_something_else_is_not(one: str, other: str) -> None:
    assert parse(other) not in TrustedDocuments({"1": one})
    assert parse(one) in TrustedDocuments({"1": one})
