"""Documents by their hash, and servers that execute only those they trust."""

import hashlib
import json
from pathlib import Path

import httpx
import pytest

from backend.errors import ConfigurationError
from backend.schema import persisted
from backend.schema.persisted import (
    PersistedDocuments,
    UnknownDocumentError,
    trusted_documents,
)
from backend.settings import Settings
from tests.fixtures.api import Api, serving

QUERY = "query ByHash { viewer { id } }"


def extensions(digest: str) -> dict[str, object]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest}}


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def test_a_document_is_learnt_once_and_asked_for_by_its_hash(
    client: httpx.AsyncClient,
) -> None:
    asked = {"extensions": extensions(hashed(QUERY))}
    unknown = await client.post("/graphql", json=asked)
    assert unknown.status_code == 200
    [error] = unknown.json()["errors"]
    assert (error["message"], error["extensions"]["code"]) == (
        "PersistedQueryNotFound",
        "PERSISTED_QUERY_NOT_FOUND",
    )
    assert "data" in (await client.post("/graphql", json={**asked, "query": QUERY})).json()
    assert "data" in (await client.post("/graphql", json=asked)).json()
    params = {"extensions": json.dumps(asked["extensions"])}
    headers = {"Accept": "application/json"}
    assert "data" in (await client.get("/graphql", params=params, headers=headers)).json()


@pytest.mark.parametrize("digest", ["0" * 64, "short", 5, None])
async def test_a_hash_of_something_else_is_refused(
    client: httpx.AsyncClient, digest: object
) -> None:
    body = {"query": QUERY, "extensions": {"persistedQuery": {"sha256Hash": digest}}}
    refused = await client.post("/graphql", json=body)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_MISMATCH"


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persisted, "REMEMBERED", 2)
    documents = PersistedDocuments()
    for text in "abc":
        documents.text(text, extensions(hashed(text)))
    with pytest.raises(UnknownDocumentError):
        documents.text(None, extensions(hashed("a")))
    assert documents.text(None, extensions(hashed("c"))) == "c"


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
            other = QUERY + " "
            learning = {"query": other, "extensions": extensions(hashed(other))}
            for body in ({"query": other}, learning):
                [error] = (await client.post("/graphql", json=body)).json()["errors"]
                assert error["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


@pytest.mark.parametrize("content", [None, "no JSON", "[]"])
def test_a_file_that_holds_no_documents_stops_the_start(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "documents.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigurationError, match="AIMUSIC_TRUSTED_DOCUMENTS"):
        trusted_documents(file)
