"""The running platform as ``connect`` sees it: its processes, its health and its addresses."""

import errno
import http.client
import json
import os
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.launch.processes import spawn, stop
from scripts.setup.failure import SetupError
from scripts.setup.layout import FRONTEND, NODE_MODULES, PYTHON, ROOT

START_SECONDS = 120.0
"""The first start of a slow machine compiles and caches."""
STOP_SECONDS = 40.0
"""Longer than the supervisor takes to drain."""
VITE_PORT = 5173
"""As frontend/vite.config.ts says."""


class Stack:
    """API, worker and Valkey by ``python -m backend serve``, and Vite beside them in development.

    A context manager: leaving it stops everything in order.
    """

    def __init__(self, host: str, port: int, env: dict[str, str], *, dev: bool) -> None:
        self.host = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared
        self.port = port
        self.dev = dev
        self._env = env
        self._starter = os.getppid()
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        serve = [str(PYTHON), "-m", "backend", "serve", "--port", str(self.port)]
        if self.dev:
            serve.append("--reload")
            vite = [str(NODE_MODULES / ".bin" / "vite")]
            backend = f"http://{self.host}:{self.port}"
            self._spawn(vite, FRONTEND, {**self._env, "STUDIO_BACKEND": backend})
        self._spawn(serve, ROOT, self._env)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for process in self._processes:
            stop(process, grace_seconds=STOP_SECONDS)

    def _spawn(self, command: Sequence[str], cwd: Path, env: dict[str, str]) -> None:
        self._processes.append(spawn(command, cwd=cwd, env=env))

    def wait_until_ready(self) -> None:
        """Wait until every part answers.

        Raises
        ------
        SetupError
            If a process ends or a part does not come up in time.
        """
        deadline = time.monotonic() + START_SECONDS
        waiting = "the web server"
        while time.monotonic() < deadline:
            if self._ended() is not None:
                raise SetupError("the platform did not start; the reason stands above")
            if self._ask("/health") is not None:
                checks = self._checks()
                if checks and all(checks.values()):
                    return
                waiting = ", ".join(name for name, good in checks.items() if not good)
            time.sleep(0.1)
        raise SetupError(f"not ready after {START_SECONDS:.0f} s: {waiting or 'no answer'}")

    def print_addresses(self) -> None:
        """Print where everything is."""
        api = f"http://{self.host}:{self.port}"
        studio = f"http://localhost:{VITE_PORT}" if self.dev else api
        print(
            f"\n  Studio    {studio}/\n  GraphiQL  {api}/graphiql\n  OpenAPI   {api}/openapi.json\n"
            "\n  Ctrl-C stops everything.\n",
            flush=True,
        )

    def open_browser(self) -> None:
        """Open the studio where there is a screen."""
        if sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
            webbrowser.open(f"http://{self.host}:{VITE_PORT if self.dev else self.port}/")

    def wait(self) -> int:
        """Wait until a process ends by itself, or whoever started this one is gone.

        Returns
        -------
        int
            The exit status.
        """
        while (status := self._ended()) is None and os.getppid() == self._starter:
            time.sleep(0.2)
        return status or 0

    def _ended(self) -> int | None:
        statuses = (process.poll() for process in self._processes)
        return next((status for status in statuses if status is not None), None)

    def _checks(self) -> dict[str, bool]:
        answer = self._ask("/health/ready")
        return dict(json.loads(answer)["checks"]) if answer else {}

    def _ask(self, path: str) -> bytes | None:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def check_port(host: str, port: int) -> None:
    """Check early that the address is free.

    Raises
    ------
    SetupError
        If it is not.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return  # the server explains the rest
            advice = f"stop what runs there, or: npm run connect -- --port {port + 1}"
            raise SetupError(f"port {port} is taken; {advice}") from error
