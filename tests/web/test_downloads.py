"""Formats that are made when somebody asks for them."""

import asyncio
import io
import zipfile
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import mutagen
import numpy as np
import pytest
import soundfile

from backend.models.base import now
from backend.services import converting, files, retention
from backend.services.platform import Platform
from backend.storage import content_key
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker

START = "/api/v1/music/generate/full-song"
LISTED = """query($id: ID!) { project(id: $id) { takes { id } song {
  downloads { name format url sizeBytes ready }
  tracks { downloads { name format url sizeBytes ready } }
} } }"""
DELETED = 'mutation { deleteProject(id: "%s") { __typename } }'
TONES = 0.3 * np.sin(np.arange(44_100)[:, None] * [0.05, 0.07])


def wav(audio: np.ndarray) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, audio, 44_100, subtype="PCM_24", format="WAV")
    return file.getvalue()


class Musician(PlayedWorker):
    """One whose files can be played."""

    master, stem = wav(TONES), wav(TONES[::-1])


class Song:
    """A finished project and what can be had of it."""

    def __init__(self, client: httpx.AsyncClient, project_id: str) -> None:
        self.client = client
        self.project_id = project_id

    async def listed(self) -> dict[str, dict]:
        body = {"query": LISTED, "variables": {"id": self.project_id}}
        project = (await self.client.post("/graphql", json=body)).json()["data"]["project"]
        self.take_id = project["takes"][0]["id"]
        song = project["song"]
        return {one["name"]: one for one in (*song["downloads"], *song["tracks"][0]["downloads"])}

    async def url(self, name: str) -> str:
        return (await self.listed())[name]["url"]

    async def delete(self) -> None:
        await self.client.post("/graphql", json={"query": DELETED % self.project_id})


@pytest.fixture
async def song(client: httpx.AsyncClient, backstage: Platform, tmp_path: Path) -> Song:
    return await finished(client, backstage, tmp_path)


async def finished(
    client: httpx.AsyncClient, backstage: Platform, folder: Path, worker: type = Musician
) -> Song:
    started = await client.post(START, json={"prompt": "A song"})
    project_id = started.json()["project_id"]
    await worker(backstage, folder).finish(project_id)
    return Song(client, project_id)


@pytest.fixture
async def anybody(api: Api) -> httpx.AsyncClient:
    async with httpx.AsyncClient(base_url=api.url, timeout=30) as opened:
        yield opened


async def test_a_song_lists_what_can_be_had_of_it(song: Song) -> None:
    listed = await song.listed()
    assert {name: one["format"] for name, one in listed.items()} == {
        "master.flac": "FLAC", "master.ogg": "OGG", "stems-wav.zip": "WAV_ZIP",
        "stems-flac.zip": "FLAC_ZIP", "stems/bass.flac": "FLAC",
    }  # fmt: skip
    assert {name for name, one in listed.items() if one["ready"]} == {"stems-wav.zip"}
    assert listed["master.flac"]["sizeBytes"] is None


async def test_flac_holds_the_very_samples_and_is_kept(
    song: Song, anybody: httpx.AsyncClient
) -> None:
    url = await song.url("master.flac")
    response = await anybody.get(url)
    assert response.headers["content-type"] == "audio/flac"
    assert "filename*=UTF-8''Night%20Train.flac" in response.headers["content-disposition"]
    made, master = (
        soundfile.read(io.BytesIO(data), dtype="int32")[0]
        for data in (response.content, Musician.master)
    )
    assert np.array_equal(made, master)
    now_listed = (await song.listed())["master.flac"]
    assert (now_listed["ready"], now_listed["sizeBytes"]) == (True, len(response.content))
    part = await anybody.get(url, headers={"Range": "bytes=4-99"})
    assert (part.status_code, part.content) == (206, response.content[4:100])
    head = await anybody.head(url)
    assert (head.headers["etag"], head.content) == (response.headers["etag"], b"")
    known = await anybody.get(url, headers={"If-None-Match": head.headers["etag"]})
    assert known.status_code == 304


async def test_ogg_sounds_the_same(song: Song, anybody: httpx.AsyncClient) -> None:
    response = await anybody.get(await song.url("master.ogg"))
    assert response.headers["content-type"] == "audio/ogg"
    made, rate = soundfile.read(io.BytesIO(response.content))
    assert (made.shape, rate) == (TONES.shape, 44_100)
    assert np.square(made - TONES).mean() < 0.001 * np.square(TONES).mean()


@pytest.mark.parametrize("name", ["master.flac", "master.ogg", "stems/bass.flac"])
async def test_files_say_what_they_are(song: Song, anybody: httpx.AsyncClient, name: str) -> None:
    response = await anybody.get(await song.url(name))
    tags = dict(mutagen.File(io.BytesIO(response.content)).tags)
    title = "Night Train - Electric Bass" if "bass" in name else "Night Train"
    said = {name: value for [(name, value)] in [[(k.upper(), v)] for k, [v] in tags.items()]}
    assert said == {
        "TITLE": title, "GENRE": "lofi", "BPM": "100", "KEY": "A minor", "SEED": "7",
        "ENCODER": "AI Music Generation Platform", "COMMENT": "AI-generated",
        "DATE": now().date().isoformat(),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["master.flac", "master.ogg"])
async def test_the_same_song_gives_the_same_bytes(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, name: str
) -> None:
    made = []
    for _ in range(2):
        song = await finished(client, backstage, tmp_path)
        url = await song.url(name)
        made.append((await client.get(url)).content)
        await song.delete()
    assert made[0] == made[1]


@pytest.mark.parametrize(("name", "ending"), [("stems-wav.zip", "wav"), ("stems-flac.zip", "flac")])
async def test_all_stems_come_in_one_file(
    song: Song, anybody: httpx.AsyncClient, name: str, ending: str
) -> None:
    url = await song.url(name)
    response = await anybody.get(url)
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-length"] == str(len(response.content))
    with zipfile.ZipFile(io.BytesIO(response.content)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [f"01 Electric Bass.{ending}"]
        stem, _ = soundfile.read(io.BytesIO(opened.read(opened.namelist()[0])), dtype="int32")
    expected, _ = soundfile.read(io.BytesIO(Musician.stem), dtype="int32")
    assert np.array_equal(stem, expected)
    middle = await anybody.get(url, headers={"Range": "bytes=20-5000"})
    assert (middle.status_code, middle.content) == (206, response.content[20:5001])
    assert (await song.listed())[name]["sizeBytes"] == len(response.content)


async def test_many_askers_wait_for_one_maker(
    song: Song, anybody: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(*arguments: object) -> object:
        made.append(arguments)
        return write(*arguments)

    write = converting._write
    monkeypatch.setattr(converting, "_write", counted)
    url = await song.url("master.ogg")
    answers = await asyncio.gather(*(anybody.get(url) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(made) == 1


async def test_what_was_made_goes_with_its_project(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    class Other(Musician):
        master = wav(TONES * 0.75)

    song = await finished(client, backstage, tmp_path, Other)
    url = await song.url("master.flac")
    etag = (await client.get(url)).headers["etag"].strip('"')
    key = content_key(etag, "master.flac")
    assert await backstage.storage.size(key)
    await song.delete()
    assert await backstage.storage.size(key) is None
    gone = await client.get(url)
    assert (gone.status_code, gone.json()["detail"]) == (404, "This song has been deleted.")


async def test_old_downloads_are_let_go_of_and_made_again(
    song: Song, client: httpx.AsyncClient, backstage: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await song.url("master.flac")
    first = await client.get(url)
    monkeypatch.setattr(retention, "DOWNLOADS_KEPT", -retention.DOWNLOADS_KEPT)
    assert await retention.drop_downloads(backstage) >= 1
    assert (await song.listed())["master.flac"]["ready"] is False
    assert (await client.get(url)).content == first.content


async def test_a_song_whose_audio_is_gone_or_damaged_says_so(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    damaged = await finished(client, backstage, tmp_path, PlayedWorker)
    answer = await client.get(await damaged.url("master.flac"))
    assert (answer.status_code, "damaged" in answer.json()["detail"]) == (404, True)

    class Other(Musician):
        master = wav(TONES * 0.5)

    gone = await finished(client, backstage, tmp_path, Other)
    url = await gone.url("master.ogg")
    keys = [key async for key in backstage.storage.all_keys()]
    for key in keys:
        if await backstage.storage.read(key) == Other.master:
            await backstage.storage.delete([key])
    answer = await client.get(url)
    assert (answer.status_code, answer.json()["detail"]) == (404, "This file does not exist.")


@pytest.mark.parametrize("ending", ["flac", "ogg"])
async def test_a_full_disk_is_told_as_such(
    song: Song, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    url = await song.url(f"master.{ending}")
    full = tmp_path / "full"
    full.mkdir()
    (full / f"made.{ending}").symlink_to("/dev/full")
    folder = SimpleNamespace(TemporaryDirectory=lambda **_options: nullcontext(str(full)))
    with monkeypatch.context() as patched:
        patched.setattr(converting, "tempfile", folder)
        answer = await song.client.get(url)
    assert answer.status_code == 503
    assert answer.json()["detail"] == "There is no room to make this file; try again later."
    assert (await song.client.get(url)).status_code == 200


@pytest.mark.parametrize(
    "name", ["master.wav", "master.aac", "stems/drums.flac", "downloads/master.flac", "x.zip"]
)
async def test_nothing_else_is_made(song: Song, backstage: Platform, name: str) -> None:
    await song.listed()
    signed = files.sign(backstage, f"takes/{song.take_id}/{name}", "x")
    assert (await song.client.get(signed)).status_code == 404


async def test_a_changed_address_makes_nothing(song: Song, anybody: httpx.AsyncClient) -> None:
    parts = urlsplit(await song.url("master.flac"))
    other = parts.path.replace("master.flac", "master.ogg")
    assert (await anybody.get(f"{other}?{parts.query}")).status_code == 404
    assert (await song.listed())["master.ogg"]["ready"] is False
