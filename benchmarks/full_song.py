"""How long a person waits for a song, from the request to the files, through the real stack.

Run: ``python benchmarks/full_song.py [--seconds 120] [--runs 3] [--prompt "…"]``.
Starts API, worker and Valkey on a free port with an empty data folder, asks for songs by GraphQL,
watches them as the studio does, by a subscription, and prints the medians of the waits. With ffmpeg
on the path it also prints what its ebur128 filter reads. The figures mean something on a quiet
machine only.
"""

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.typing import Subprotocol

START = """mutation($input: GenerateFullSongInput!) { generateFullSong(input: $input) {
  __typename ... on ProjectStarted { project { id } } ... on Problem { message } } }"""
WATCH = """subscription($id: ID!) { projectEvents(projectId: $id) { type stage progress error } }"""
LOOK = """query($id: ID!) { project(id: $id) { stages { name durationSeconds }
  song { audio { format url } report { loudnessLufs truePeakDbtp } } } }"""
PROTOCOL = Subprotocol("graphql-transport-ws")
START_SECONDS = 120
SONG_SECONDS = 300
QUIET = {"AIMUSIC_FAST_DEV": "true", "AIMUSIC_LOG_LEVEL": "warning"}


@dataclass(frozen=True, slots=True)
class Wait:
    """What one song took, in seconds."""

    preview: float | None
    finished: float
    stages: dict[str, float]


class Client:
    """A GraphQL client of the stack under test."""

    def __init__(self, url: str) -> None:
        self.url = url
        with urllib.request.urlopen(f"{url}/api/v1/dev/token") as answer:  # noqa: S310 - loopback
            self._token = json.load(answer)["token"]

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Run one operation and return its data."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        request = urllib.request.Request(f"{self.url}/graphql", body, headers)  # noqa: S310 - loopback
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
            reply: dict[str, Any] = json.load(answer)
        if "errors" in reply:
            raise RuntimeError(reply["errors"])
        data: dict[str, Any] = reply["data"]
        return data

    def watch(self, project_id: str) -> Iterator[dict[str, Any]]:
        """Return the events of a song as they come, until it has ended."""
        address = f"{self.url.replace('http', 'ws', 1)}/graphql"
        with connect(address, subprotocols=[PROTOCOL]) as line:
            line.send(json.dumps({"type": "connection_init", "payload": {"token": self._token}}))
            payload = {"query": WATCH, "variables": {"id": project_id}}
            line.recv(SONG_SECONDS)
            line.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
            while (said := json.loads(line.recv(SONG_SECONDS)))["type"] != "complete":
                if said["type"] == "next":
                    yield said["payload"]["data"]["projectEvents"]


def one_song(client: Client, prompt: str, seconds: int, seed: int) -> tuple[Wait, dict[str, Any]]:
    began = time.perf_counter()
    asked = {"prompt": prompt, "durationSeconds": seconds, "seed": seed}
    project_id = client.ask(START, input=asked)["generateFullSong"]["project"]["id"]
    preview: float | None = None
    for event in client.watch(project_id):
        passed = time.perf_counter() - began
        if event["type"] == "PREVIEW_READY":
            preview = passed
        if event["error"]:
            raise RuntimeError(event["error"])
    project = client.ask(LOOK, id=project_id)["project"]
    stages = {stage["name"]: stage["durationSeconds"] for stage in project["stages"]}
    return Wait(preview, passed, stages), project


def loudness(url: str) -> str:
    """Return what ffmpeg reads: integrated loudness and true peak."""
    command = ["ffmpeg", "-nostats", "-i", url, "-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr  # noqa: S603 - our own words
    integrated = re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]
    peak = re.findall(r"Peak:\s+(-?[\d.]+) dBFS", said)[-1]
    return f"{integrated} LUFS, {peak} dBTP"


@contextmanager
def stack() -> Iterator[str]:
    with socket.socket() as probe, tempfile.TemporaryDirectory() as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = os.environ | QUIET | {"AIMUSIC_DATA_DIR": folder}
        command = [sys.executable, "-m", "backend", "serve", "--port", str(port)]
        prepared = Path(".data/sound-banks")
        if prepared.is_dir():
            shutil.copytree(prepared, Path(folder, "sound-banks"), copy_function=os.link)
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as served:  # noqa: S603 - our own words
            try:
                wait_until_ready(f"http://127.0.0.1:{port}")
                yield f"http://127.0.0.1:{port}"
            finally:
                served.terminate()


def wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/health/ready"):  # noqa: S310 - loopback
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError("the stack did not become ready")


def show(waits: list[Wait]) -> None:
    finished = [wait.finished for wait in waits]
    print(
        f"finished     {statistics.median(finished):6.2f} s  (of {[round(f, 1) for f in finished]})"
    )
    previews = [wait.preview for wait in waits if wait.preview is not None]
    if previews:
        print(f"preview      {statistics.median(previews):6.2f} s")
    for stage in waits[0].stages:
        print(f"  {stage.lower():12s}{statistics.median(w.stages[stage] for w in waits):6.2f} s")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=int, default=120)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--prompt", default="bright pop with piano, 120 bpm in C major")
    given = arguments.parse_args()
    with stack() as url:
        client = Client(url)
        waits: list[Wait] = []
        for run in range(given.runs):
            wait, project = one_song(client, given.prompt, given.seconds, seed=run + 1)
            waits.append(wait)
            print(f"song {run + 1}: {wait.finished:.1f} s, report {project['song']['report']}")
            if shutil.which("ffmpeg"):
                for file in project["song"]["audio"]:
                    print(f"  ffmpeg, {file['format']}: {loudness(url + file['url'])}")
        show(waits)


if __name__ == "__main__":
    main()
