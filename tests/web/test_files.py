"""Downloads and players."""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from backend.services import files
from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import WAV, PlayedWorker

START = "/api/v1/music/generate/full-song"
URLS = "query($id: ID!) { project(id: $id) { song { midiUrl audio { url } } } }"


@pytest.fixture
async def song(client: httpx.AsyncClient, backstage: Platform, tmp_path: Path) -> dict:
    started = await client.post(START, json={"prompt": "A song"})
    project_id = started.json()["project_id"]
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    answer = await client.post("/graphql", json={"query": URLS, "variables": {"id": project_id}})
    return answer.json()["data"]["project"]["song"]


@pytest.fixture
def url(song: dict) -> str:
    return song["audio"][0]["url"]


@pytest.fixture
async def anybody(api: Api) -> httpx.AsyncClient:
    async with httpx.AsyncClient(base_url=api.url) as opened:
        yield opened


async def test_the_address_alone_opens_the_file(anybody: httpx.AsyncClient, url: str) -> None:
    response = await anybody.get(url)
    assert (response.status_code, response.content) == (200, WAV)
    headers = response.headers
    assert headers["content-type"] == "audio/wav"
    assert headers["content-length"] == str(len(WAV))
    assert headers["accept-ranges"] == "bytes"
    assert headers["content-disposition"] == "inline; filename*=UTF-8''Night%20Train.wav"
    assert "sandbox" in headers["content-security-policy"]


async def test_scores_are_downloads(anybody: httpx.AsyncClient, song: dict) -> None:
    response = await anybody.get(song["midiUrl"])
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["content-type"] == "audio/midi"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=10000-", 10000, len(WAV)), ("bytes=-7", len(WAV) - 7, len(WAV))],
)
async def test_a_part_can_be_asked_for(
    anybody: httpx.AsyncClient, url: str, asked: str, start: int, end: int
) -> None:
    response = await anybody.get(url, headers={"Range": asked})
    assert (response.status_code, response.content) == (206, WAV[start:end])
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/{len(WAV)}"
    assert response.headers["content-length"] == str(end - start)


async def test_a_part_that_is_not_there_is_416(anybody: httpx.AsyncClient, url: str) -> None:
    response = await anybody.get(url, headers={"Range": f"bytes={len(WAV)}-"})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{len(WAV)}"


async def test_several_parts_are_the_whole(anybody: httpx.AsyncClient, url: str) -> None:
    response = await anybody.get(url, headers={"Range": "bytes=0-1,5-9"})
    assert (response.status_code, response.content) == (200, WAV)


async def test_a_part_counts_only_for_the_version_one_has(
    anybody: httpx.AsyncClient, url: str
) -> None:
    etag = (await anybody.head(url)).headers["etag"]
    same = await anybody.get(url, headers={"Range": "bytes=0-9", "If-Range": etag})
    other = await anybody.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)


async def test_what_one_has_is_not_sent_again(anybody: httpx.AsyncClient, url: str) -> None:
    etag = (await anybody.get(url)).headers["etag"]
    for tags in (etag, f'"x", W/{etag}', "*"):
        response = await anybody.get(url, headers={"If-None-Match": tags})
        assert (response.status_code, response.content) == (304, b"")
    assert (await anybody.get(url, headers={"If-None-Match": '"x"'})).status_code == 200


async def test_head_tells_everything_but_the_bytes(anybody: httpx.AsyncClient, url: str) -> None:
    head, get = await anybody.head(url), await anybody.get(url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "etag", "accept-ranges", "content-disposition"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("name", ["name", "disposition", "expires", "signature"])
async def test_a_changed_address_is_404(anybody: httpx.AsyncClient, url: str, name: str) -> None:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    changed = urlencode(query | {name: query[name] + "0"})
    missing = urlencode({key: value for key, value in query.items() if key != name})
    assert (await anybody.get(f"{parts.path}?{changed}")).status_code == 404
    assert (await anybody.get(f"{parts.path}?{missing}")).status_code == 404


async def test_an_address_opens_no_other_file(anybody: httpx.AsyncClient, song: dict) -> None:
    first, second = (urlsplit(audio["url"]) for audio in song["audio"])
    assert (await anybody.get(f"{second.path}?{first.query}")).status_code == 404


async def test_an_expired_address_is_403(
    anybody: httpx.AsyncClient, backstage: Platform, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = urlsplit(url).path.removeprefix("/files/")
    monkeypatch.setattr(files, "GOOD_FOR_SECONDS", -10 * files.STEP_SECONDS)
    response = await anybody.get(files.sign(backstage, key, "x.wav"))
    assert response.status_code == 403
    assert "expired" in response.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        *("..%2f..%2fmusic.db", "%2e%2e/music.db", "../music.db", "", "%00", "/etc/passwd"),
        f"shared/{'x' * 32}/../music.db",
    ],
)
async def test_nothing_else_can_be_reached(
    anybody: httpx.AsyncClient, backstage: Platform, path: str
) -> None:
    assert (await anybody.get(f"/files/{path}")).status_code == 404
    signed = files.sign(backstage, path, "x")
    assert (await anybody.get(signed)).status_code == 404


async def test_a_file_that_is_gone_is_404(anybody: httpx.AsyncClient, backstage: Platform) -> None:
    key = f"aa/{'aa' * 32}.wav"
    assert (await anybody.get(files.sign(backstage, key, "x.wav"))).status_code == 404


async def test_names_cannot_break_the_header(
    anybody: httpx.AsyncClient, backstage: Platform
) -> None:
    await backstage.storage.put(key := f"bb/{'bb' * 32}.wav", b"x")
    response = await anybody.get(files.sign(backstage, key, 'a"b\r\nSet-Cookie: x=1 🎵.wav'))
    assert "set-cookie" not in response.headers
    assert response.headers["content-disposition"].isascii()
