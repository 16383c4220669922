"""Children are told to stop, are made to stop, and never outlive their parent."""

import os
import signal
import subprocess
from pathlib import Path

import psutil

from backend.launch.processes import spawn, stop
from tests.launch.waiting import eventually, python

SLEEP = "import time; time.sleep(60)"


def test_child_has_a_session_of_its_own() -> None:
    child = spawn(python(SLEEP))
    assert os.getsid(child.pid) == child.pid != os.getsid(0)
    assert stop(child, grace_seconds=10) == -signal.SIGTERM


def test_stop_of_an_ended_child_returns_its_status() -> None:
    child = spawn(python("raise SystemExit(3)"))
    child.wait()
    assert stop(child, grace_seconds=10) == 3


def test_deaf_child_and_its_children_are_killed(tmp_path: Path) -> None:
    ready = tmp_path / "grandchild"
    code = (
        "import pathlib, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"child = subprocess.Popen([sys.executable, '-c', {SLEEP!r}])\n"
        f"pathlib.Path({str(ready)!r}).write_text(str(child.pid))\n"
        "time.sleep(60)"
    )
    child = spawn(python(code))
    assert eventually(lambda: ready.exists() and ready.read_text() != "")
    grandchild = psutil.Process(int(ready.read_text()))
    assert stop(child, grace_seconds=0.1) == -signal.SIGKILL
    assert eventually(lambda: not grandchild.is_running() or grandchild.status() == "zombie")


def test_child_ends_when_its_parent_is_killed() -> None:
    code = (
        "import sys, time; from backend.launch.processes import spawn; "
        f"print(spawn((sys.executable, '-c', {SLEEP!r})).pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(python(code), stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert eventually(lambda: not child.is_running())
