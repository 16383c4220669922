"""Links of other pages ask for nothing."""

import httpx
import pytest

from tests.fixtures.api import Api

LINK = {"query": "{ version { release } }"}
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "accept": "application/graphql-response+json"},
        {"sec-fetch-site": "cross-site", "content-type": "text/plain"},
        {"sec-fetch-site": "cross-site", "x-graphql-csrf": ""},
        BROWSER,
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_a_link_that_another_page_may_have_made_is_refused(
    api: Api, path: str, headers: dict[str, str]
) -> None:
    async with httpx.AsyncClient(base_url=api.url) as client:
        answer = await client.get(path, params=LINK, headers=headers)
    assert answer.status_code == 403
    assert "X-GraphQL-CSRF" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {**BROWSER, "sec-fetch-site": "same-origin"},
        {**BROWSER, "sec-fetch-site": "none"},
        {"sec-fetch-site": "cross-site", "x-graphql-csrf": "1"},
        {"sec-fetch-site": "cross-site", "apollo-require-preflight": "true"},
        {"sec-fetch-site": "cross-site", "content-type": "application/json"},
    ],
)
async def test_others_are_answered(api: Api, headers: dict[str, str]) -> None:
    headers = {"accept": "application/json", **headers}
    async with httpx.AsyncClient(base_url=api.url) as client:
        answer = await client.get("/graphql", params=LINK, headers=headers)
    assert answer.status_code == 200, answer.text


async def test_a_token_cannot_come_from_another_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql", params=LINK, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD"])
async def test_other_methods_are_told_what_is_allowed(
    client: httpx.AsyncClient, method: str
) -> None:
    answer = await client.request(method, "/graphql", json=LINK)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
