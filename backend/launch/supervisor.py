"""One machine's processes: the embedded Valkey, the web server and the worker.

They start in that order and stop in the reverse one: first the web server and the worker drain,
then Valkey, which they need for it. What ends is started anew: soon if it had got ready, ever later
if it fails before. Nothing is left behind, even when the supervisor is killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import structlog

from backend.errors import ConfigurationError
from backend.launch.listening import listen
from backend.launch.processes import finish, spawn
from backend.launch.source_watch import SourceWatch
from backend.launch.valkey import EmbeddedValkey
from backend.settings import Settings

logger = structlog.stdlib.get_logger(__name__)

LOOK_SECONDS = 0.2
"""Between two looks at the processes."""
DRAIN_SECONDS = 20.0
"""For a service to end by itself after SIGTERM."""
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
SETTLED_SECONDS = 60.0
"""A service that ran this long was healthy; its next pause is the first one again."""
READY_SECONDS = 20.0
"""A service that ran this long had got ready; so had, as far as one knows, one that was killed."""
READY_PAUSE_SECONDS = 2.0
"""The longest pause then: however often a worker is killed, its songs soon go on."""
HOPELESS = os.EX_CONFIG
"""Exit status of a process whose configuration is wrong; starting it again cannot help."""


@dataclass(slots=True)
class Backoff:
    """How long to wait before the next start: twice as long each time, up to a bound."""

    pause_seconds: float = FIRST_PAUSE_SECONDS

    def next_pause(self, ran_seconds: float, status: int) -> float:
        """Return the pause after a run.

        Parameters
        ----------
        ran_seconds : float
            How long it ran.
        status : int
            Its exit status: positive if it failed, negative if a signal killed it.
        """
        if ran_seconds >= SETTLED_SECONDS:
            self.pause_seconds = FIRST_PAUSE_SECONDS
        elif ran_seconds >= READY_SECONDS or status <= 0:
            self.pause_seconds = min(self.pause_seconds, READY_PAUSE_SECONDS)
        pause = self.pause_seconds
        self.pause_seconds = min(2 * pause, LONGEST_PAUSE_SECONDS)
        return pause


@dataclass(slots=True)
class Service:
    """A process that is to run all the time."""

    name: str
    command: tuple[str, ...]
    pass_fds: tuple[int, ...] = ()
    backoff: Backoff = field(default_factory=Backoff)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0

    def look(self, now: float) -> int | None:
        """Start it when it is due; return its exit status when it has just ended."""
        if self.process is None:
            if now >= self.due_at:
                self.process = spawn(self.command, pass_fds=self.pass_fds)
                self.started_at = now
            return None
        status = self.process.poll()
        if status is not None:
            self.process = None
            self.due_at = now + self.backoff.next_pause(now - self.started_at, status)
        return status


class Supervisor:
    """Keeps services running until it is told to stop."""

    def __init__(
        self, services: list[Service], valkey: EmbeddedValkey, watch: SourceWatch | None = None
    ) -> None:
        self.services = services
        self.valkey = valkey
        self.watch = watch

    def run(self, stopping: threading.Event) -> int:
        """Supervise; blocks until ``stopping`` is set or a service is hopeless.

        Returns
        -------
        int
            0, or the exit status of the hopeless service.
        """
        try:
            while not stopping.wait(LOOK_SECONDS):
                if not self.valkey.is_running:
                    logger.warning("valkey ended; starting it again")
                    self.valkey.start()
                if any(self._look(service) == HOPELESS for service in self.services):
                    return HOPELESS
                if self.watch is not None and self.watch.has_changed():
                    self._restart_all()
        finally:
            self._drain()
        return 0

    def _look(self, service: Service) -> int | None:
        now = time.monotonic()
        status = service.look(now)
        if status is not None and status != HOPELESS:
            pause = round(service.due_at - now, 1)
            logger.warning("service ended", service=service.name, status=status, again_in=pause)
        return status

    def _restart_all(self) -> None:
        logger.info("source changed; starting again")
        self._drain()
        for service in self.services:
            service.due_at = 0.0

    def _drain(self) -> None:
        running = [service.process for service in self.services if service.process is not None]
        for process in running:
            process.terminate()
        for process in running:
            finish(process, grace_seconds=DRAIN_SECONDS)
        for service in self.services:
            service.process = None


def serve(settings: Settings, *, with_worker: bool = True, reload: bool = False) -> int:
    """Run everything that one machine needs, until SIGTERM or SIGINT.

    Parameters
    ----------
    settings : Settings
        With the embedded Valkey.
    with_worker : bool
        False when workers are started separately.
    reload : bool
        Start the services again when the backend's source changes.

    Returns
    -------
    int
        The exit status for the process.

    Raises
    ------
    backend.errors.MusicError
        If the address is taken, the data folder cannot be used or Valkey does not start.
    """
    listener = listen(settings.host, settings.port)
    listener.listen(2048)
    services = [_api(listener.fileno())] + ([_worker()] if with_worker else [])
    valkey = EmbeddedValkey(settings.data_dir, settings.valkey_socket)
    with stop_signals() as stopping, valkey:
        migrate()
        host, port = listener.getsockname()[:2]
        logger.info("serving", address=f"http://{host}:{port}", worker=with_worker)
        return Supervisor(services, valkey, SourceWatch() if reload else None).run(stopping)


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """Turn SIGTERM and SIGINT into an event."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def migrate() -> None:
    """Bring the database up to date in a process of its own, which leaves no memory behind.

    Raises
    ------
    ConfigurationError
        If it fails; the process has said why.
    """
    status = spawn((sys.executable, "-m", "backend", "migrate")).wait()
    if status != 0:
        raise ConfigurationError(
            "The database could not be prepared.", field="AIMUSIC_DATABASE_URL"
        )


def _api(descriptor: int) -> Service:
    command = (sys.executable, "-m", "backend.launch.api", "--fd", str(descriptor))
    return Service("api", command, pass_fds=(descriptor,))


def _worker() -> Service:
    return Service("worker", (sys.executable, "-m", "backend", "worker"))
