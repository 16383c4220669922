"""The OpenAPI document says what the routes do."""

import re
from typing import Any

import httpx
import pytest

from backend.compat.openapi import document
from backend.compat.routes import routes
from backend.compat.table import endpoints
from backend.settings import Settings

FAST = Settings(_env_file=None, fast_dev=True)
SLOW = Settings(_env_file=None)


@pytest.fixture
def described() -> dict[str, Any]:
    return document(endpoints(FAST))


async def test_it_is_served(client: httpx.AsyncClient) -> None:
    served = (await client.get("/openapi.json")).json()
    assert served == document(endpoints(SLOW))
    assert served["openapi"] == "3.1.0"


def test_every_route_is_described_and_nothing_else(described: dict[str, Any]) -> None:
    served = {route.path for route in routes(FAST)} - {"/openapi.json", "/docs", "/ws"}
    assert set(described["paths"]) == served


def test_the_development_token_is_described_only_where_it_exists(described: dict[str, Any]) -> None:
    assert set(described["paths"]["/api/v1/dev/token"]) == {"get", "post"}
    assert "/api/v1/dev/token" not in document(endpoints(SLOW))["paths"]
    production = Settings(
        _env_file=None, environment="production", secret_key="s" * 40, fast_dev=False
    )
    assert "/api/v1/dev/token" not in document(endpoints(production))["paths"]


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]
    named = set(re.findall(r"#/components/schemas/(\w+)", str(described)))
    assert named
    assert named == set(shapes)


def test_operations_are_named_once(described: dict[str, Any]) -> None:
    names = [
        operation["operationId"]
        for operations in described["paths"].values()
        for operation in operations.values()
    ]
    assert len(names) == len(set(names))


def test_tokens_are_asked_for_where_they_are_needed(described: dict[str, Any]) -> None:
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert ("security" in operation) == path.startswith("/api/v1/music")
            assert ("401" in operation["responses"]) == path.startswith("/api/v1/music")
