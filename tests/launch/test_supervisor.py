"""The supervisor starts again what ends, gives up on the hopeless and drains in order."""

import signal
import threading
from pathlib import Path
from typing import Self

import psutil
import pytest

from backend.launch import supervisor
from backend.launch.source_watch import SourceWatch
from backend.launch.supervisor import HOPELESS, Backoff, Service, Supervisor
from backend.launch.valkey import EmbeddedValkey
from tests.launch.embedded import embedded
from tests.launch.waiting import eventually, python


@pytest.fixture
def valkey(data_dir: Path) -> EmbeddedValkey:
    return embedded(data_dir)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LOOK_SECONDS", 0.01)


class Running:
    """A supervisor in a thread; leaving the block stops it."""

    def __init__(self, supervised: Supervisor) -> None:
        self.stopping = threading.Event()
        self.status: int | None = None
        self.thread = threading.Thread(target=self._run, args=(supervised,))

    def _run(self, supervised: Supervisor) -> None:
        with supervised.valkey:
            self.status = supervised.run(self.stopping)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self.thread.join(timeout=30)


def logging_service(log: Path, then: str) -> Service:
    code = (
        "import signal, sys, time\n"
        f"log = open({str(log)!r}, 'a', buffering=1)\n"
        "def leave(*_): log.write('stopped\\n'); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, leave)\n"
        "log.write('started\\n')\n" + then
    )
    return Service("test", python(code), backoff=Backoff(0.02))


def lines(log: Path) -> list[str]:
    return log.read_text().split() if log.exists() else []


def test_pause_doubles_up_to_a_bound_and_starts_over_after_a_healthy_run() -> None:
    backoff = Backoff()
    pauses = [backoff.next_pause(1.0, 1) for _ in range(9)]
    assert pauses == sorted(pauses)
    assert pauses[:3] == [0.5, 1.0, 2.0]
    assert pauses[-1] == 30.0
    assert backoff.next_pause(3600.0, 1) == 0.5


@pytest.mark.parametrize(("ran_seconds", "status"), [(1.0, -9), (1.0, 0), (30.0, 1)])
def test_what_had_got_ready_is_soon_started_again(ran_seconds: float, status: int) -> None:
    backoff = Backoff()
    pauses = [backoff.next_pause(ran_seconds, status) for _ in range(9)]
    assert pauses[:3] == [0.5, 1.0, 2.0]
    assert set(pauses[3:]) == {2.0}
    assert [backoff.next_pause(1.0, 1) for _ in range(3)] == [4.0, 8.0, 16.0]
    assert backoff.next_pause(ran_seconds, status) == 2.0


def test_a_service_that_is_killed_again_and_again_is_soon_due() -> None:
    service = Service("killed", python("import time; time.sleep(60)"))
    for number in range(7):
        now = 100.0 * number
        assert service.look(now) is None
        assert service.process is not None
        service.process.kill()
        service.process.wait()
        assert service.look(now + 3.0) == -signal.SIGKILL
        assert service.due_at - (now + 3.0) <= 2.0


def test_crashed_service_is_started_again(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Running(Supervisor([logging_service(log, "sys.exit(1)")], valkey)) as running:
        assert eventually(lambda: lines(log).count("started") >= 3)
    assert running.status == 0


def test_service_drains_while_valkey_still_runs(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    log = tmp_path / "log"
    asks = (
        "import socket\n"
        "def leave(*_):\n"
        "    client = socket.socket(socket.AF_UNIX)\n"
        f"    client.connect({str(valkey.socket_path)!r})\n"
        "    client.sendall(b'PING\\r\\n'); time.sleep(0.3)\n"
        "    log.write(client.recv(9).decode()); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, leave)\n"
        "log.write('ready\\n')\n"
        "time.sleep(60)"
    )
    with Running(Supervisor([logging_service(log, asks)], valkey)):
        assert eventually(lambda: "ready" in lines(log))
    assert lines(log) == ["started", "ready", "+PONG"]
    assert not valkey.is_running


def test_killed_valkey_is_started_again(valkey: EmbeddedValkey, tmp_path: Path) -> None:

    from tests.launch.test_valkey import answers, server_pid  # noqa: PLC0415 - beside its use

    service = logging_service(tmp_path / "log", "time.sleep(60)")
    with Running(Supervisor([service], valkey)):
        assert eventually(lambda: "started" in lines(tmp_path / "log"))
        first = server_pid(valkey)
        psutil.Process(first).kill()
        assert eventually(lambda: answers(valkey.socket_path) and server_pid(valkey) != first)


def test_wrong_configuration_ends_everything(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    log = tmp_path / "log"
    healthy = logging_service(log, "time.sleep(60)")
    hopeless = Service(
        "hopeless", python(f"import time; time.sleep(1); raise SystemExit({HOPELESS})")
    )
    with Running(Supervisor([healthy, hopeless], valkey)) as running:
        assert eventually(lambda: running.status is not None)
        assert running.status == HOPELESS
    assert lines(log) == ["started", "stopped"]


def test_changed_source_starts_services_again(valkey: EmbeddedValkey, tmp_path: Path) -> None:
    log, source = tmp_path / "log", tmp_path / "source"
    source.mkdir()
    service = logging_service(log, "time.sleep(60)")
    with Running(Supervisor([service], valkey, SourceWatch(source))):
        assert eventually(lambda: lines(log) == ["started"])
        (source / "new.py").write_text("")
        assert eventually(lambda: lines(log) == ["started", "stopped", "started"])


def test_watch_sees_writing_adding_and_removing_once(tmp_path: Path) -> None:
    module = tmp_path / "package" / "module.py"
    module.parent.mkdir()
    watch = SourceWatch(tmp_path)
    assert not watch.has_changed()
    module.write_text("a = 1")
    assert watch.has_changed()
    assert not watch.has_changed()
    (tmp_path / "notes.txt").write_text("not source")
    assert not watch.has_changed()
    module.unlink()
    assert watch.has_changed()
