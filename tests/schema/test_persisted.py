"""Documents by their hash."""

import hashlib
import json

import httpx
import pytest

from backend.schema import persisted
from backend.schema.persisted import PersistedDocuments, UnknownDocumentError

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
