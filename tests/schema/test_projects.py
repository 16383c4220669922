"""Starting, reading and changing projects."""

from pathlib import Path

import httpx

from backend.models import TrackProgress
from backend.pipeline.artifacts import StageName
from backend.services import making
from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import PROMPT, ask, data, start, started

PROJECT = """query Project($id: ID!) {
  project(id: $id) {
    title status progress currentStage error completedAt
    stages { name status progress attempts durationSeconds }
    song {
      seed genre mood tempoBpm key timeSignature durationSeconds notes
      sections { index name startBar bars energy chords { symbol startBeat startSeconds } }
      tracks { id role gainDb muted noteCount stem { format url } }
      audio { format url sizeBytes durationSeconds peaks(points: 4) }
      preview { url } midiUrl musicXmlUrl lyrics { text }
      report { loudnessLufs truePeakDbtp checks { name asked measured passed } }
    }
    takes { number status stages { name } song { key } }
  }
}"""


async def test_a_started_project_waits_with_five_stages_to_come(client: httpx.AsyncClient) -> None:
    project = (await start(client, title="Rain"))["project"]
    assert (project["title"], project["prompt"]) == ("Rain", PROMPT)
    assert (project["status"], project["progress"]) == ("QUEUED", 0.0)
    read = (await data(client, PROJECT, id=project["id"]))["project"]
    assert [stage["name"] for stage in read["stages"]] == [name.name for name in StageName]
    assert {stage["status"] for stage in read["stages"]} == {"PENDING"}
    assert read["song"] is None


async def test_the_song_grows_with_its_stages(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    project_id = await started(client)
    worker = PlayedWorker(backstage, tmp_path)
    await worker.claim(project_id)
    await worker.step(StageName.PLANNING)
    planned = (await data(client, PROJECT, id=project_id))["project"]
    assert (planned["status"], planned["currentStage"]) == ("RUNNING", "GENERATION")
    assert planned["song"]["key"] == "A minor"
    assert planned["song"]["sections"][0]["chords"][0]["symbol"] == "Am7"
    assert planned["song"]["audio"] == []
    for stage in list(StageName)[1:]:
        await worker.step(stage)
    done = (await data(client, PROJECT, id=project_id))["project"]
    assert (done["status"], done["progress"], done["currentStage"]) == ("COMPLETED", 1.0, None)
    assert [audio["format"] for audio in done["song"]["audio"]] == ["WAV", "MP3"]
    assert done["song"]["audio"][0]["peaks"] == [-0.5, 0.5] * 4
    assert done["song"]["tracks"][0]["noteCount"] == 64
    assert done["song"]["report"]["checks"][0]["passed"] is True
    assert done["takes"][0]["song"]["key"] == "A minor"


async def test_tracks_fill_while_they_are_played(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    project_id = await started(client)
    worker = PlayedWorker(backstage, tmp_path)
    await worker.claim(project_id)
    for stage in list(StageName)[:3]:
        await worker.step(stage)
    await making.begin_stage(backstage, worker.run, StageName.RENDERING)
    tracks = (TrackProgress("bass", 1.0, (-0.5, 0.5)), TrackProgress("keys", 0.25))
    await making.report_progress(
        backstage, worker.run, StageName.RENDERING, 0.6, "Playing Bass", tracks
    )
    query = """query($id: ID!) { project(id: $id) { takeInWork { stages {
      name tracks { trackId progress outline }
    } } stages { tracks { trackId } } } }"""
    project = (await data(client, query, id=project_id))["project"]
    told = {stage["name"]: stage["tracks"] for stage in project["takeInWork"]["stages"]}
    assert told.pop("RENDERING") == [
        {"trackId": "bass", "progress": 1.0, "outline": [-0.5, 0.5]},
        {"trackId": "keys", "progress": 0.25, "outline": None},
    ]
    assert set(map(len, told.values())) == {0}
    assert project["stages"][3]["tracks"] == [{"trackId": "bass"}, {"trackId": "keys"}]


async def test_the_same_idempotency_key_is_the_same_project(client: httpx.AsyncClient) -> None:
    first = await started(client, idempotencyKey="once")
    assert await started(client, idempotencyKey="once") == first
    other = await start(client, idempotencyKey="once", prompt="Another song")
    assert (other["__typename"], other["field"]) == ("InvalidInput", "idempotencyKey")


async def test_projects_are_listed_newest_first_page_by_page(client: httpx.AsyncClient) -> None:
    ids = [await started(client, title=f"Song {number}") for number in range(5)]
    query = """query Page($after: String) { projects(first: 2, after: $after) {
      totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor }
    } }"""
    seen, after, more = [], None, True
    while more:
        page = (await data(client, query, after=after))["projects"]
        seen += [node["id"] for node in page["nodes"]]
        assert page["totalCount"] == 5
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert seen == ids[::-1]


async def test_projects_can_be_ordered_by_title(client: httpx.AsyncClient) -> None:
    for title in ("b", "C", "a"):
        await started(client, title=title)
    query = """query Page($after: String) { projects(first: 2, after: $after, orderBy: TITLE) {
      nodes { title } pageInfo { endCursor } } }"""
    first = (await data(client, query))["projects"]
    rest = (await data(client, query, after=first["pageInfo"]["endCursor"]))["projects"]
    assert [one["title"] for one in first["nodes"] + rest["nodes"]] == ["a", "b", "C"]


async def test_projects_are_found_by_status_and_words(client: httpx.AsyncClient) -> None:
    wanted = await started(client, title="Night train")
    await started(client, title="Morning")
    query = """query Find($search: String, $status: ProjectStatus) {
      projects(search: $search, status: $status) { nodes { id } totalCount } }"""
    found = (await data(client, query, search="night", status="QUEUED"))["projects"]
    assert [node["id"] for node in found["nodes"]] == [wanted]
    none = (await data(client, query, search="night", status="FAILED"))["projects"]
    assert none == {"nodes": [], "totalCount": 0}


async def test_a_wrong_cursor_or_page_size_is_an_error_with_its_field(
    client: httpx.AsyncClient,
) -> None:
    for arguments, field in [
        ("first: 0", "first"),
        ("first: 101", "first"),
        ('after: "?"', "after"),
    ]:
        answer = await ask(client, f"{{ projects({arguments}) {{ totalCount }} }}")
        extensions = answer["errors"][0]["extensions"]
        assert (extensions["code"], extensions["field"]) == ("INVALID_INPUT", field)


async def test_events_go_on_after_a_cursor(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    project_id = await started(client)
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    query = """query Events($id: ID!, $after: String) { project(id: $id) {
      events(first: 15, after: $after) {
        totalCount nodes { id type stage progress project { status } }
        pageInfo { hasNextPage endCursor }
      } } }"""
    first = (await data(client, query, id=project_id))["project"]["events"]
    assert first["pageInfo"]["hasNextPage"]
    cursor = first["pageInfo"]["endCursor"]
    rest = (await data(client, query, id=project_id, after=cursor))["project"]["events"]
    events = first["nodes"] + rest["nodes"]
    assert [int(event["id"]) for event in events] == list(range(1, first["totalCount"] + 1))
    assert events[-1]["type"] == "PROJECT_COMPLETED"
    progress = [event["progress"] for event in events]
    assert progress == sorted(progress)


async def test_cancel_retry_rename_and_delete(client: httpx.AsyncClient) -> None:
    project_id = await started(client)
    cancelled = await change(client, "cancelProject(id: $id) { ... on ProjectCancelled", project_id)
    assert cancelled["project"]["status"] == "CANCELLED"
    retried = await change(client, "retryProject(id: $id) { ... on ProjectRetried", project_id)
    assert retried["project"]["status"] == "QUEUED"
    renamed = await change(
        client, 'renameProject(id: $id, title: "New") { ... on ProjectRenamed', project_id
    )
    assert renamed["project"]["title"] == "New"
    query = "mutation($id: ID!) { deleteProject(id: $id) { ... on ProjectDeleted { id } } }"
    assert (await data(client, query, id=project_id))["deleteProject"]["id"] == project_id
    assert (await data(client, PROJECT, id=project_id))["project"] is None


async def test_problems_are_members_of_the_result(
    client: httpx.AsyncClient, backstage: Platform, tmp_path: Path
) -> None:
    missing = await change(client, "cancelProject(id: $id) { ... on ProjectCancelled", "no-such")
    assert (missing["__typename"], missing["code"]) == ("NotFound", "NOT_FOUND")
    project_id = await started(client)
    rename = (
        'renameProject(id: $id, title: " ") { ... on InvalidInput { field } ... on ProjectRenamed'
    )
    assert (await change(client, rename, project_id))["field"] == "title"
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    late = await change(client, "cancelProject(id: $id) { ... on ProjectCancelled", project_id)
    assert (late["__typename"], late["code"]) == ("Conflict", "CONFLICT")


async def test_projects_of_others_do_not_exist(client: httpx.AsyncClient, api: Api) -> None:
    project_id = await started(client)
    async with httpx.AsyncClient(base_url=api.url, headers=api.headers("mallory")) as other:
        assert (await data(other, PROJECT, id=project_id))["project"] is None
        assert (await data(other, "{ projects { totalCount } }"))["projects"]["totalCount"] == 0
        for verb, done in [("cancel", "Cancelled"), ("retry", "Retried")]:
            field = f"{verb}Project(id: $id) {{ ... on Project{done}"
            assert (await change(other, field, project_id))["__typename"] == "NotFound"


async def change(client: httpx.AsyncClient, field: str, project_id: str) -> dict:
    """Run a mutation that returns a project or a problem."""
    query = f"""mutation($id: ID!) {{ {field} {{ project {{ title status }} }}
      __typename ... on Problem {{ message code }} }} }}"""
    answer = await data(client, query, id=project_id)
    return next(iter(answer.values()))
