"""Takes and shared songs as clients see them."""

from pathlib import Path

import httpx
import pytest

from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import ask, data, started
from tests.schema.test_loaders import reads

EDIT = """
  __typename
  ... on TakeStarted {
    take {
      id number seed status progress parentId change { kind summary sectionIndex fields }
      mix { targetLufs dynamic preset tracks { trackId gainDb pan muted roomDb hallDb echoDb } }
    }
    project { status currentTake { number } takeInWork { number } }
  }
  ... on Problem { message code } ... on InvalidInput { field }
"""
REMIX = f"mutation($input: RemixTakeInput!) {{ done: remixTake(input: $input) {{ {EDIT} }} }}"
REVISE = f"mutation($input: ReviseTakeInput!) {{ done: reviseTake(input: $input) {{ {EDIT} }} }}"
SECTION = f"""mutation($input: RegenerateSectionInput!) {{
  done: regenerateSection(input: $input) {{ {EDIT} }} }}"""
MAKE = f"mutation($input: MakeTakeInput!) {{ done: makeTake(input: $input) {{ {EDIT} }} }}"
TAKES = """query($id: ID!) { project(id: $id) {
  status shareUrl currentTake { id number } takeInWork { id }
  takes { id number createdAt status song { report { loudnessLufs } } change { kind } }
} }"""
SHARED = """query($token: String!) { sharedSong(token: $token) {
  title song {
    key audio { url peaks(points: 2) } report { loudnessLufs } downloads { name url }
    tracks { downloads { name url } }
  }
} }"""


class Song:
    """A project of one client and the worker that makes its takes."""

    def __init__(self, client: httpx.AsyncClient, worker: PlayedWorker, project_id: str) -> None:
        self.client, self.worker, self.project_id = client, worker, project_id

    async def project(self) -> dict:
        return (await data(self.client, TAKES, id=self.project_id))["project"]

    async def take_id(self, place: int = -1) -> str:
        return (await self.project())["takes"][place]["id"]

    async def edit(self, mutation: str, **fields: object) -> dict:
        return (await data(self.client, mutation, input=fields))["done"]

    async def change(self, field: str) -> dict:
        members = "__typename ... on Problem { code }"
        return (await data(self.client, f"mutation {{ done: {field} {{ {members} }} }}"))["done"]

    async def finish(self) -> None:
        await self.worker.finish(self.project_id, reports=0)


@pytest.fixture
async def song(client: httpx.AsyncClient, backstage: Platform, tmp_path: Path) -> Song:
    made = Song(client, PlayedWorker(backstage, tmp_path), await started(client, seed=7))
    await made.finish()
    return made


async def test_a_remix_is_heard_once_it_is_finished(song: Song) -> None:
    first = await song.take_id()
    strip = {"trackId": "bass", "gainDb": -3.5, "muted": True, "hallDb": -12}
    done = await song.edit(REMIX, takeId=first, targetLufs=-18, preset="techno", tracks=[strip])
    take = done["take"]
    assert (take["number"], take["status"], take["parentId"]) == (2, "QUEUED", first)
    assert take["mix"] == {
        "targetLufs": -18.0,
        "dynamic": False,
        "preset": "techno",
        "tracks": [{"pan": 0.0, "roomDb": None, "echoDb": None, **strip}],
    }
    assert take["change"]["kind"] == "MIX"
    assert "tracks.bass.gainDb" in take["change"]["fields"]
    assert done["project"]["takeInWork"] == {"number": 2}
    assert (done["project"]["status"], done["project"]["currentTake"]["number"]) == ("QUEUED", 1)
    await song.finish()
    after = await song.project()
    assert (after["status"], after["takeInWork"]) == ("COMPLETED", None)
    assert after["currentTake"]["number"] == 2
    assert [one["song"]["report"]["loudnessLufs"] for one in after["takes"]] == [-14.0, -14.0]
    back = await song.edit(
        REMIX, takeId=after["takes"][1]["id"], preset=None,
        tracks=[{"trackId": "bass", "gainDb": None, "muted": None}],
    )  # fmt: skip
    mix = back["take"]["mix"]
    assert (mix["targetLufs"], mix["preset"]) == (-18.0, None)
    assert [(one["gainDb"], one["hallDb"]) for one in mix["tracks"]] == [(0.0, -12.0)]


async def test_one_take_is_found_by_its_id_or_as_the_current_one(song: Song) -> None:
    one = """query($id: ID!, $take: ID) {
      project(id: $id) { take(id: $take) { number song { genre } } }
    }"""
    await song.edit(MAKE, projectId=song.project_id, seed=8)
    await song.finish()
    first, second = [take["id"] for take in (await song.project())["takes"]]

    async def shown(take: str | None) -> dict | None:
        return (await data(song.client, one, id=song.project_id, take=take))["project"]["take"]

    assert (await shown(first) or {})["number"] == 1
    assert (await shown(second) or {})["number"] == 2
    assert await shown(None) == await shown(second)
    strange = await started(song.client, seed=9)
    assert (await data(song.client, one, id=strange, take=first))["project"]["take"] is None


async def test_a_revision_keeps_what_it_leaves_out(song: Song) -> None:
    style = {"tempoBpm": 90, "instruments": ["piano"]}
    done = await song.edit(REVISE, takeId=await song.take_id(), style=style, lyrics=None)
    assert done["take"]["change"] == {
        "kind": "REQUEST",
        "summary": "other words, 90 BPM, with piano",
        "sectionIndex": None,
        "fields": ["lyrics", "style.tempoBpm", "style.instruments"],
    }
    await song.finish()
    style = {"tempoBpm": None}
    done = await song.edit(REVISE, takeId=await song.take_id(), style=style, durationSeconds=30)
    assert done["__typename"] == "TakeStarted"
    await song.finish()
    done = await song.edit(REVISE, takeId=await song.take_id(), instrumental=True)
    assert done["take"]["change"]["fields"] == ["instrumental"]
    await song.finish()
    lyrics = {"theme": "rain"}
    done = await song.edit(REVISE, takeId=await song.take_id(), lyrics=lyrics)
    assert (done["__typename"], done["field"]) == ("InvalidInput", "instrumental")


async def test_sections_and_seeds(song: Song) -> None:
    first = await song.take_id()
    done = await song.edit(SECTION, takeId=first, sectionIndex=0)
    assert done["take"]["change"]["summary"] == "Another Verse 1"
    assert (done["take"]["change"]["sectionIndex"], done["take"]["seed"]) == (0, 7)
    await song.finish()
    done = await song.edit(MAKE, projectId=song.project_id, seed=8)
    assert (done["take"]["seed"], done["take"]["change"]["kind"]) == (8, "SEED")


async def test_problems_are_members_of_the_results(song: Song) -> None:
    first = await song.take_id()
    for mutation, fields, problem in (
        (REMIX, {"takeId": first, "targetLufs": -3}, ("InvalidInput", "targetLufs")),
        (REVISE, {"takeId": first}, ("InvalidInput", None)),
        (SECTION, {"takeId": first, "sectionIndex": 9}, ("InvalidInput", "sectionIndex")),
        (MAKE, {"projectId": song.project_id, "seed": -1}, ("InvalidInput", "seed")),
        (MAKE, {"projectId": "no-such-id"}, ("NotFound", None)),
        (REMIX, {"takeId": "no-such-id"}, ("NotFound", None)),
    ):
        done = await song.edit(mutation, **fields)
        assert (done["__typename"], done.get("field")) == problem
    assert (await song.edit(REMIX, takeId=first))["__typename"] == "TakeStarted"
    assert (await song.edit(REMIX, takeId=first))["__typename"] == "Conflict"
    assert (await song.change(f'chooseTake(id: "{await song.take_id()}")'))["code"] == "CONFLICT"


async def test_choosing_and_deleting(song: Song) -> None:
    await song.edit(REMIX, takeId=await song.take_id())
    await song.finish()
    first, second = await song.take_id(0), await song.take_id(1)
    assert (await song.change(f'chooseTake(id: "{first}")'))["__typename"] == "TakeChosen"
    assert (await song.project())["currentTake"]["number"] == 1
    assert (await song.change(f'deleteTake(id: "{first}")'))["__typename"] == "TakeDeleted"
    assert [take["id"] for take in (await song.project())["takes"]] == [second]
    assert (await song.change(f'deleteTake(id: "{second}")'))["code"] == "CONFLICT"
    assert (await song.change(f'retryTake(id: "{second}")'))["code"] == "CONFLICT"


async def test_events_say_which_take_they_are_about(song: Song) -> None:
    await song.edit(REMIX, takeId=await song.take_id())
    await song.finish()
    query = "query($id: ID!) { project(id: $id) { events { nodes { id takeId } } } }"
    nodes = (await data(song.client, query, id=song.project_id))["project"]["events"]["nodes"]
    takes = [await song.take_id(0), await song.take_id(1)]
    assert list(dict.fromkeys(node["takeId"] for node in nodes)) == takes


async def test_a_shared_song_is_heard_without_an_account(song: Song, api: Api) -> None:
    field = "shareProject(id: $id) { ... on ProjectShared { token url } __typename }"
    query = f"mutation($id: ID!) {{ done: {field} }}"
    shared = (await data(song.client, query, id=song.project_id))["done"]
    assert shared["url"] == f"/listen/{shared['token']}"
    assert (await song.project())["shareUrl"] == shared["url"]
    async with httpx.AsyncClient(base_url=api.url) as anybody:
        heard = (await data(anybody, SHARED, token=shared["token"]))["sharedSong"]
        assert (heard["title"], heard["song"]["key"]) == ("Night Train", "A minor")
        assert song.project_id not in str(heard)
        assert await song.take_id() not in str(heard)
        offered = heard["song"]["downloads"] + heard["song"]["tracks"][0]["downloads"]
        urls = {one["name"]: one["url"] for one in offered}
        assert {"master.flac", "stems/bass.flac"} <= urls.keys()
        stored, packed = heard["song"]["audio"][0]["url"], urls["stems-wav.zip"]
        file = await anybody.get(stored)
        assert (file.status_code, file.headers["content-type"]) == (200, "audio/wav")
        assert (await anybody.get(packed)).content.startswith(b"PK")
        assert (await anybody.get(stored.replace(shared["token"], "x" * 32))).status_code == 404
        refused = await ask(anybody, TAKES, id=song.project_id)
        assert refused["errors"][0]["extensions"]["code"] == "NOT_AUTHENTICATED"
        query = "mutation($id: ID!) { unshareProject(id: $id) { __typename } }"
        await data(song.client, query, id=song.project_id)
        assert (await data(anybody, SHARED, token=shared["token"]))["sharedSong"] is None
        for address in (stored, packed):
            closed = await anybody.get(address)
            told = closed.json()["detail"]
            assert (closed.status_code, told) == (404, "This song is no longer shared.")
    own = f'{{ project(id: "{song.project_id}") {{ song {{ audio {{ url }} }} }} }}'
    heard = (await data(song.client, own))["project"]["song"]
    assert (await song.client.get(heard["audio"][0]["url"])).status_code == 200
    assert (await song.project())["shareUrl"] is None


@pytest.mark.parametrize("count", [1, 4])
async def test_takes_of_many_projects_cost_a_fixed_number_of_queries(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path, count: int
) -> None:
    for number in range(count):
        folder = tmp_path / str(number)
        folder.mkdir()
        song = Song(client, PlayedWorker(backstage, folder), await started(client))
        await song.finish()
        await song.edit(REMIX, takeId=await song.take_id())
    query = """{ projects(first: 50) { nodes {
      progress shareUrl currentTake { number change { kind } mix { targetLufs } song { key } }
      takeInWork { progress stages { status } } takes { progress song { key } }
    } } }"""
    with reads() as seen:
        nodes = (await data(client, query))["projects"]["nodes"]
    assert [node["takeInWork"]["progress"] for node in nodes] == [0.0] * count
    assert seen["take"] == 1
    assert (seen["share_link"], seen["stage"]) == (1, 2)
