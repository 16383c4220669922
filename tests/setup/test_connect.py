"""`npm run connect` says in one line what is missing, before it does anything."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import connect
from tests.architecture.source import ROOT

NODE = shutil.which("node") or "node"


def connect_with(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run connect.mjs where only the programs of that folder are found."""
    return subprocess.run(
        [NODE, "scripts/connect.mjs", *arguments],
        cwd=ROOT,
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def program(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def only_line(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_no_python(tmp_path: Path) -> None:
    assert "Python 3.11 or newer is needed" in only_line(connect_with(tmp_path))


def test_old_python_is_named(tmp_path: Path) -> None:
    program(tmp_path, "python3", "echo 3 9")
    assert "found 3.9" in only_line(connect_with(tmp_path))


def test_python_without_venv_says_what_to_install(tmp_path: Path) -> None:
    program(tmp_path, "python3", "echo 3 12; exit 1")
    assert "apt install python3.12-venv" in only_line(connect_with(tmp_path))


def test_newer_python_is_found_beside_an_old_one(tmp_path: Path) -> None:
    program(tmp_path, "python3", "echo 3 9")
    program(tmp_path, "python3.13", '[ "$1" = -c ] && echo 3 13 || echo "started: $*"')
    done = connect_with(tmp_path, "--port", "9000")
    assert done.stdout.strip() == "started: -m scripts.connect --port 9000"
    assert done.returncode == 0


def test_exit_status_is_handed_on(tmp_path: Path) -> None:
    program(tmp_path, "python3", '[ "$1" = -c ] && echo 3 13 || exit 7')
    assert connect_with(tmp_path).returncode == 7


def test_busy_port_is_named_before_anything_is_set_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "scripts.connect", "--port", port],
            cwd=ROOT,
            env={**os.environ, "AIMUSIC_HOST": "127.0.0.1"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    line = only_line(done)
    assert f"port {port} is taken" in line
    assert "--port" in line


@pytest.mark.parametrize(
    ("given", "token"),
    [
        ({}, "true"),
        ({"AIMUSIC_FAST_DEV": "false"}, "false"),
        ({"AIMUSIC_ENVIRONMENT": "staging"}, None),
        ({"AIMUSIC_ENVIRONMENT": "production"}, None),
    ],
)
def test_development_token_only_for_those_who_configured_nothing(
    given: dict[str, str], token: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AIMUSIC_FAST_DEV", "FAST_DEV", "AIMUSIC_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("scripts.setup.configured.ROOT", ROOT / "tests")
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert connect.environment().get("AIMUSIC_FAST_DEV") == token
