"""Every example of the README does what it says."""

import asyncio
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from backend.services.platform import Platform
from backend.settings import Settings
from scripts import connect
from tests.architecture.source import ROOT
from tests.examples.test_graphiql import watched
from tests.fixtures.api import Api, serving
from tests.fixtures.played_worker import PlayedWorker
from tests.schema.asking import data

README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
ADDRESS = "http://127.0.0.1:8000"


def lines(language: str) -> list[str]:
    """Every command or query of the blocks in a language."""
    joined = (text.replace("\\\n", " ") for name, text in BLOCKS if name == language)
    found = [line for text in joined for line in re.split(r"\n(?! )", text.strip())]
    return [re.sub(r"\s+#.*", "", line) if language == "bash" else line for line in found]


CONNECT = [line for line in lines("bash") if line.startswith("npm run connect")]
BACKEND = [line for line in lines("bash") if line.startswith("python -m backend")]
CALLS = [line for line in lines("bash") if "curl" in line]
CHECKS = [line for line in lines("bash") if line.startswith("python run_tests.py")]
ELSEWHERE = ("docker compose", "export AIMUSIC_SECRET_KEY")
"""Tests of the image and the compose file try these."""


@pytest.fixture(scope="module")
def open_door(api_settings: Settings) -> Iterator[Api]:
    with serving(api_settings.model_copy(update={"fast_dev": True})) as running:
        yield running


def test_no_example_is_forgotten() -> None:
    tried = {*CONNECT, *BACKEND, *CALLS, *CHECKS}
    others = [line for line in lines("bash") if line not in tried]
    assert [line for line in others if not line.startswith(ELSEWHERE)] == []
    assert {name for name, _ in BLOCKS} == {"", "bash", "graphql"}


@pytest.mark.parametrize("line", CONNECT)
def test_what_connect_is_told_it_understands(line: str) -> None:
    """Starting it is for the browser tests."""
    assert "connect" in json.loads((ROOT / "package.json").read_text())["scripts"]
    arguments = shlex.split(line.partition(" -- ")[2])
    assert len(vars(connect._parser().parse_args(arguments))) >= 5


@pytest.mark.parametrize("line", CHECKS)
def test_what_the_checks_are_told_they_understand(line: str) -> None:
    command = [sys.executable, *shlex.split(line)[1:], "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "run_tests.py" in done.stdout


@pytest.mark.parametrize("line", BACKEND)
def test_the_command_line_knows_what_is_named(line: str) -> None:
    command = [sys.executable, *shlex.split(line)[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    named = next(text for text in README.splitlines() if text.startswith(line)).partition("#")[2]
    for word in named.split(","):
        assert word.strip() in done.stdout


async def test_the_calls_start_a_song_and_watch_it(
    open_door: Api, backstage: Platform, tmp_path: Path
) -> None:
    script = "\n".join(CALLS).replace(ADDRESS, open_door.url)
    bash = await asyncio.create_subprocess_exec(
        "bash", "-euo", "pipefail", "-c", script, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await bash.communicate()
    assert bash.returncode == 0
    started = json.loads(output)["data"]["generateFullSong"]
    assert started["__typename"] == "ProjectStarted"
    project_id = started["project"]["id"]
    await PlayedWorker(backstage, tmp_path).finish(project_id)
    for query in lines("graphql"):
        events = await watched(open_door, "dev-user", query.replace("…", project_id), {})
        assert events[-1]["projectEvents"]["type"] == "PROJECT_COMPLETED"


async def test_the_sentences_are_understood(client: httpx.AsyncClient) -> None:
    sentences = [s for name, text in BLOCKS if not name for s in re.findall(r'"([^"]+)"', text)]
    assert len(sentences) >= 2
    query = "query($prompt: String!) { understand(prompt: $prompt) { facets { name } notes } }"
    for sentence in sentences:
        understood = (await data(client, query, prompt=sentence))["understand"]
        assert len(understood["facets"]) >= 2, sentence


@pytest.mark.parametrize("address", ["/", "/graphql", "/openapi.json", "/health", "/metrics"])
async def test_the_addresses_are_there(client: httpx.AsyncClient, address: str) -> None:
    assert f"`{address}`" in README
    answer = await client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code in {200, 307, 503}, "503 where no studio has been built"


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
