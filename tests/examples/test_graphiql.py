"""The tabs that GraphiQL opens with do what they say, in the order one would try them."""

import asyncio
import json
import subprocess
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from backend.services.platform import Platform
from tests.fixtures.api import Api
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import data

TABS = Path(__file__).parents[2] / "frontend" / "graphiql" / "examples.ts"


@pytest.fixture(scope="module")
def tabs() -> list[dict[str, str]]:
    """The tabs as the page has them; the file is plain JavaScript."""
    script = f"{TABS.read_text()}\nconsole.log(JSON.stringify(examples));"
    command = ["node", "--input-type=module", "--eval", script]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


async def test_every_tab_runs_as_it_stands(
    api: Api,
    client: httpx.AsyncClient,
    user_id: str,
    backstage: Platform,
    tmp_path: Path,
    tabs: list[dict[str, str]],
) -> None:
    project_id, kinds = "", []
    for tab in tabs:
        variables = json.loads(tab.get("variables", "{}"))
        if "id" in variables:
            assert project_id, "a tab before this one makes the project"
            variables["id"] = project_id
        kinds.append(next(line for line in tab["query"].splitlines() if line[0] != "#").split()[0])
        if kinds[-1] == "subscription":
            await PlayedWorker(backstage, tmp_path).finish(project_id)
            events = await watched(api, user_id, tab["query"], variables)
            assert events[-1]["projectEvents"]["type"] == "PROJECT_COMPLETED"
            continue
        answer = await data(client, tab["query"], **variables)
        [value] = answer.values()
        assert value, tab["query"]
        if kinds[-1] == "mutation":
            project_id = value["project"]["id"]
    assert {"query", "mutation", "subscription"} == set(kinds)


async def watched(api: Api, user_id: str, query: str, variables: dict[str, str]) -> list[dict]:
    """Return what a subscription brings until its end."""
    seen = []
    protocol = ["graphql-transport-ws"]
    async with connect(f"{api.socket_url}/graphql", subprotocols=protocol) as socket:
        greeting = {"type": "connection_init", "payload": {"token": api.token(user_id)}}
        await socket.send(json.dumps(greeting))
        wish = {"query": query, "variables": variables}
        await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": wish}))
        while (message := json.loads(await asyncio.wait_for(socket.recv(), 20)))["type"] not in {
            "complete",
            "error",
        }:
            if message["type"] == "next":
                assert "errors" not in message["payload"]
                seen.append(message["payload"]["data"])
    assert message["type"] == "complete", message
    return seen
