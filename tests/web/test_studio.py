"""The built studio."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from backend.web.failures import refused
from backend.web.studio import Studio

HTML = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    files = {
        "index.html": "<title>Studio</title>",
        "favicon.svg": "<svg/>",
        "assets/index-5f3a.js": "run()",
        "graphiql/index.html": "<title>GraphiQL</title>",
        "graphiql/assets/editor-77aa.js": "edit()",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def visitor(dist: Path, *, explorer: bool = True) -> httpx.AsyncClient:
    app = Starlette(exception_handlers={404: refused})
    app.router.default = Studio(dist, explorer=explorer)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://studio")


@pytest.mark.parametrize("path", ["/", "/projects/1", "/library?search=x", "/index.html"])
async def test_every_view_is_the_one_page(dist: Path, path: str) -> None:
    async with visitor(dist) as client:
        response = await client.get(path, headers=HTML)
    assert (response.status_code, response.text) == (200, "<title>Studio</title>")
    assert response.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in response.headers["content-security-policy"]


async def test_hashed_files_are_kept_for_ever(dist: Path) -> None:
    async with visitor(dist) as client:
        script = await client.get("/assets/index-5f3a.js")
        icon = await client.get("/favicon.svg")
    assert "immutable" in script.headers["cache-control"]
    assert icon.headers["cache-control"] == "no-cache"


async def test_programs_that_ask_for_nothing_known_get_404(dist: Path) -> None:
    async with visitor(dist) as client:
        for path in ("/nothing", "/assets/old-0000.js", "/api/v1/unknown"):
            assert (await client.get(path)).status_code == 404
        assert (await client.post("/projects/1", headers=HTML)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt"]
)
async def test_nothing_outside_of_the_build_is_served(dist: Path, path: str) -> None:
    async with visitor(dist) as client:
        assert (await client.get(path)).status_code == 404


async def test_the_explorer_is_there_only_when_wanted(dist: Path) -> None:
    paths = ["/graphiql/", "/graphiql/index.html", "/graphiql/assets/editor-77aa.js"]
    async with visitor(dist) as client:
        assert [(await client.get(path)).status_code for path in paths] == [200, 200, 200]
        assert (await client.get("/graphiql/")).text == "<title>GraphiQL</title>"
    async with visitor(dist, explorer=False) as client:
        answers = [await client.get(path, headers=HTML) for path in [*paths, "//graphiql/"]]
    assert "GraphiQL" not in "".join(answer.text for answer in answers)


async def test_without_a_build_the_page_says_what_to_do(tmp_path: Path) -> None:
    async with visitor(tmp_path / "none") as client:
        response = await client.get("/", headers=HTML)
    assert response.status_code == 503
    assert "npm run build" in response.text
