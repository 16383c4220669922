"""Links of other pages ask for nothing; a GET shows by a header that it is none."""

import httpx
import pytest

from tests.fixtures.api import Api, serving

LINK = {"query": "{ version { release } }"}
CHROMIUM = {
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
    "accept-language": "en",
    "sec-ch-ua-platform": '"Linux"',
    "referer": "https://evil.example/",
}


def sent_by(destination: str, mode: str, site: str = "cross-site", **more: str) -> dict[str, str]:
    """What a browser sends for an element of a page, or for a link."""
    fetch = {"sec-fetch-dest": destination, "sec-fetch-mode": mode, "sec-fetch-site": site}
    return {**CHROMIUM, "accept": "*/*", **fetch, **more}


FORGED = {
    "image": sent_by("image", "no-cors", accept="image/avif,image/webp,*/*;q=0.8"),
    "image of a page of ours": sent_by("image", "no-cors", "same-origin"),
    "script": sent_by("script", "no-cors"),
    "module": sent_by("script", "cors", origin="https://evil.example"),
    "style": sent_by("style", "no-cors", accept="text/css,*/*;q=0.1"),
    "form": sent_by("document", "navigate", **{"sec-fetch-user": "?1"}),
    "form of a sandboxed frame": sent_by("iframe", "navigate", origin="null"),
    "frame": sent_by("iframe", "navigate", accept="text/html,*/*;q=0.8"),
    "link in a letter": sent_by("document", "navigate", "none", **{"sec-fetch-user": "?1"}),
    "link of another port": sent_by("document", "navigate", "same-site"),
    "prefetch": sent_by("empty", "no-cors", **{"sec-purpose": "prefetch"}),
    "prerendering": sent_by("document", "navigate", **{"sec-purpose": "prefetch;prerender"}),
    "video": sent_by("video", "no-cors", range="bytes=0-"),
    "fetch without asking": sent_by("empty", "no-cors", **{"content-type": "text/plain"}),
    "fetch with a form": sent_by(
        "empty", "no-cors", **{"content-type": "application/x-www-form-urlencoded"}
    ),
    "fetch that hides JSON": sent_by(
        "empty", "no-cors", **{"content-type": "text/plain; x=application/json"}
    ),
    "stream": sent_by("empty", "cors", accept="text/event-stream", origin="https://evil.example"),
    "browser without Fetch Metadata": CHROMIUM,
    "page of another origin": {"origin": "https://evil.example"},
    "password that the browser keeps": sent_by("image", "no-cors", authorization="Basic YTpi"),
    "header without a value": sent_by("image", "no-cors", **{"x-graphql-csrf": ""}),
    "nothing at all": {},
}


@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_what_another_page_may_have_caused_is_refused(api: Api, path: str) -> None:
    async with httpx.AsyncClient(base_url=api.url) as browser:
        for name, headers in FORGED.items():
            answer = await browser.get(path, params=LINK, headers=headers)
            assert answer.status_code == 403, name
            assert "X-GraphQL-CSRF" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "header",
    [
        {"x-graphql-csrf": "1"},
        {"apollo-require-preflight": "true"},
        {"x-apollo-operation-name": "Release"},
        {"content-type": "application/json"},
        {"content-type": "Application/JSON; charset=utf-8"},
    ],
)
async def test_what_needs_a_preflight_is_answered(api: Api, header: dict[str, str]) -> None:
    async with httpx.AsyncClient(base_url=api.url) as browser:
        answer = await browser.get("/graphql", params=LINK, headers={**FORGED["image"], **header})
    assert answer.status_code == 200, answer.text


async def test_a_token_cannot_come_from_another_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql", params=LINK, headers=FORGED["image"])
    assert answer.status_code == 200


async def test_a_page_that_must_not_call_gets_no_preflight_through(api: Api) -> None:
    asking = {
        "origin": "https://evil.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-graphql-csrf",
    }
    async with httpx.AsyncClient(base_url=api.url) as browser:
        answer = await browser.options("/graphql", headers=asking)
    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_pages_that_may_call_may_send_the_header(api: Api) -> None:
    origin = "https://studio.example.com"
    asking = {
        "origin": origin,
        "access-control-request-method": "GET",
        "access-control-request-headers": "x-graphql-csrf,apollo-require-preflight",
    }
    with serving(api.settings.model_copy(update={"allowed_origins": (origin,)})) as open_to_one:
        async with httpx.AsyncClient(base_url=open_to_one.url) as browser:
            answer = await browser.options("/graphql", headers=asking)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD"])
async def test_other_methods_are_told_what_is_allowed(
    client: httpx.AsyncClient, method: str
) -> None:
    answer = await client.request(method, "/graphql", json=LINK)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
