"""Asking the GraphQL API."""

from typing import Any

import httpx

PROMPT = "A calm lofi song for a rainy evening"
START = """mutation Start($input: GenerateFullSongInput!) {
  generateFullSong(input: $input) {
    __typename
    ... on ProjectStarted { project { id title prompt status progress currentStage } }
    ... on Problem { message code }
    ... on InvalidInput { field }
    ... on LimitExceeded { retryAfterSeconds }
  }
}"""


async def ask(client: httpx.AsyncClient, query: str, **variables: object) -> dict[str, Any]:
    """Return the whole answer."""
    response = await client.post("/graphql", json={"query": query, "variables": variables})
    assert response.status_code == 200, response.text
    return response.json()


async def data(client: httpx.AsyncClient, query: str, **variables: object) -> dict[str, Any]:
    """Return the data of an answer without errors."""
    answer = await ask(client, query, **variables)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def start(client: httpx.AsyncClient, **fields: object) -> dict[str, Any]:
    """Start a song; return the member of the result's union."""
    return (await data(client, START, input={"prompt": PROMPT} | fields))["generateFullSong"]


async def started(client: httpx.AsyncClient, **fields: object) -> str:
    """Start a song; return the project's id."""
    return (await start(client, **fields))["project"]["id"]
