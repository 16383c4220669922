"""`serve` for real: everything comes up, heals, drains, and leaves no process behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest

from tests.launch.waiting import eventually

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0


class Served:
    """A platform that runs in processes of its own."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, data_dir: Path) -> None:
        self.process = process
        self.port = port
        self.data_dir = data_dir

    def get(self, path: str) -> dict[str, Any]:
        """The JSON at a path, or nothing while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return dict(json.load(answer))
        except (OSError, urllib.error.HTTPError):
            return {}

    def is_ready(self) -> bool:
        return self.get("/health/ready").get("status") == "ready"

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, words: str) -> psutil.Process:
        return next(one for one in self.family() if words in " ".join(one.cmdline()))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def serving(data_dir: Path) -> Iterator[Served]:
    """A platform with that data folder; nothing of it is left afterwards."""
    port = free_port()
    env = {**os.environ, "AIMUSIC_DATA_DIR": str(data_dir), "AIMUSIC_SOUNDFONT": fallback_bank()}
    command = [sys.executable, "-m", "backend", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True) as process:
        served = Served(process, port, data_dir)
        assert eventually(served.is_ready, START_SECONDS)
        family = served.family()
        yield served
        process.terminate()
        process.wait(timeout=60)
    assert psutil.wait_procs(family, timeout=30)[1] == []


@pytest.fixture
def served(data_dir: Path) -> Iterator[Served]:
    with serving(data_dir) as served:
        yield served


@pytest.fixture(scope="module")
def standing() -> Iterator[Served]:
    """One that the tests which only look at it have in common."""
    with TemporaryDirectory(prefix="vk") as folder, serving(Path(folder)) as served:
        yield served


def fallback_bank() -> str:
    """The small bank, so that nothing has to be converted."""
    import pretty_midi  # noqa: PLC0415 - slow, and only its place is needed

    return str(Path(pretty_midi.__file__).parent / "TimGM6mb.sf2")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly_when_told_to(served: Served, number: signal.Signals) -> None:
    family = served.family()
    assert len(family) >= 3
    served.process.send_signal(number)
    assert served.process.wait(timeout=60) == 0
    assert psutil.wait_procs(family, timeout=5)[1] == []


def test_ctrl_c_reaches_only_the_supervisor(standing: Served) -> None:
    group = os.getpgid(standing.process.pid)
    assert all(os.getpgid(child.pid) != group for child in standing.family())


def test_nothing_is_left_when_the_supervisor_is_killed(served: Served) -> None:
    family = served.family()
    served.process.kill()
    assert psutil.wait_procs(family, timeout=30)[1] == []


def test_parts_that_die_are_started_again(served: Served) -> None:
    victims = [served.child("backend worker"), served.child("launch.api")]
    for victim in victims:
        victim.kill()
    psutil.wait_procs(victims, timeout=10)
    assert eventually(served.is_ready, START_SECONDS)
    assert not {victim.pid for victim in victims} & {child.pid for child in served.family()}


def test_taken_port_is_one_line(standing: Served, data_dir: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backend", "serve", "--port", str(standing.port)],
        cwd=ROOT,
        env={**os.environ, "AIMUSIC_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == os.EX_CONFIG
    assert re.fullmatch(rf"Port {standing.port} is taken; .*--port\.\n", done.stderr)


def test_data_folder_in_use_is_one_line(standing: Served) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "backend", "serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "AIMUSIC_DATA_DIR": str(standing.data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == os.EX_CONFIG
    (line,) = done.stderr.splitlines()
    assert "running already" in line
    assert standing.is_ready()
