"""The embedded Valkey: private, durable, one per data folder, never left behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from backend.errors import ConfigurationError, ServiceUnavailable
from backend.launch import valkey
from backend.launch.valkey import answers
from tests.launch.embedded import ask, embedded, server_pid
from tests.launch.waiting import eventually


def test_answers_on_a_private_socket_and_ends(data_dir: Path) -> None:
    server = embedded(data_dir)
    with server:
        assert server.is_running
        assert answers(server.socket_path)
        assert server.socket_path.stat().st_mode & 0o077 == 0
        process = psutil.Process(server_pid(server))
        assert not [c for c in process.net_connections() if c.family == socket.AF_INET]
    assert not process.is_running()
    assert not server.socket_path.exists()
    assert not answers(server.socket_path)


def test_what_was_written_is_there_after_a_restart_and_after_a_kill(data_dir: Path) -> None:
    server = embedded(data_dir)
    with server:
        ask(server, "SET song one")
    with server:
        assert "one" in ask(server, "GET song")
        ask(server, "SET song two")
        ask(server, "WAITAOF 1 0 2000")
        os.kill(server_pid(server), signal.SIGKILL)
        assert eventually(lambda: not server.is_running)
        server.start()
        assert "two" in ask(server, "GET song")


def test_interrupt_in_the_terminal_does_not_reach_it(data_dir: Path) -> None:
    with embedded(data_dir) as server:
        assert os.getsid(server_pid(server)) != os.getsid(0)


def test_second_server_on_the_same_folder_is_refused(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(valkey, "LOCK_SECONDS", 0.2)
    with embedded(data_dir) as first:
        with pytest.raises(ConfigurationError, match="running already"):
            embedded(data_dir).start()
        assert answers(first.socket_path)


def test_long_data_folder_still_works(data_dir: Path) -> None:
    with embedded(data_dir / ("long" * 30)) as server:
        assert server.socket_path.parent.stat().st_mode & 0o077 == 0
        assert "PONG" in ask(server, "PING")
    shutil.rmtree(server.socket_path.parent)


def test_unusable_data_folder_is_named(data_dir: Path) -> None:
    (data_dir / "file").write_text("")
    with pytest.raises(ConfigurationError, match="AIMUSIC_DATA_DIR") as caught:
        embedded(data_dir / "file").start()
    assert str(data_dir / "file") in caught.value.message


def test_server_that_cannot_start_points_to_its_log(data_dir: Path) -> None:
    broken = data_dir / "valkey" / "appendonlydir"
    broken.mkdir(parents=True)
    (broken / "appendonly.aof.manifest").write_text("nonsense\n")
    with pytest.raises(ServiceUnavailable) as caught:
        embedded(data_dir).start()
    log = data_dir / "valkey" / "valkey.log"
    assert str(log) in caught.value.message
    assert log.read_text()


def test_ends_when_its_parent_is_killed(data_dir: Path) -> None:
    code = (
        "import pathlib, sys, time; from backend.launch.valkey import EmbeddedValkey; "
        "EmbeddedValkey(*map(pathlib.Path, sys.argv[1:])).start(); print('up', flush=True); "
        "time.sleep(60)"
    )
    server = embedded(data_dir)
    command = [sys.executable, "-c", code, str(data_dir), str(server.socket_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        process = psutil.Process(server_pid(server))
        parent.kill()
    assert eventually(lambda: not process.is_running())
    with server:
        assert answers(server.socket_path)


def test_socket_folder_that_somebody_else_has_made_is_refused(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = embedded(data_dir / ("long" * 30))
    server.socket_path.parent.mkdir()
    monkeypatch.setattr(valkey.os, "getuid", lambda: os.geteuid() + 1)
    with pytest.raises(ConfigurationError, match="another user"):
        server.start()
    server.socket_path.parent.rmdir()
