"""The reference page says what the OpenAPI document says, and loads nothing."""

import re
from html.parser import HTMLParser

import httpx

from backend.compat.openapi import document
from backend.compat.reference import page
from backend.compat.table import ENDPOINTS


class Reader(HTMLParser):
    """Collects what a page links to and what can be linked to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.ids |= {given["id"] or ""} if "id" in given else set()
        self.links |= {given["href"] or ""} if "href" in given else set()


async def test_every_route_is_shown_and_nothing_is_loaded(client: httpx.AsyncClient) -> None:
    answer = await client.get("/docs")
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    described = (await client.get("/openapi.json")).json()
    for path in described["paths"]:
        assert path in answer.text
    reader = Reader()
    reader.feed(answer.text)
    assert not reader.tags & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?://|url\(|@import", answer.text)
    assert reader.links == {"/openapi.json"} | {link for link in reader.links if link[0] == "#"}
    assert {link[1:] for link in reader.links if link[0] == "#"} <= reader.ids


def test_text_is_no_markup() -> None:
    hostile = document(ENDPOINTS)
    hostile["info"]["description"] = "<script>alert(1)</script>"
    assert "<script" not in page(hostile)
