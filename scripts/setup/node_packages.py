"""Node, the locked npm packages and the studio that is built with them."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.setup.commands import run
from scripts.setup.failure import SetupError
from scripts.setup.layout import DIST, FRONTEND, NODE_MODULES, ROOT
from scripts.setup.stamps import Stamp

OLDEST_NODE = (20, 19)
"""What Vite needs of Node 20."""
BUILD_INPUTS = (
    ROOT / "package-lock.json",
    ROOT / "codegen.yml",
    ROOT / "backend" / "schema" / "schema.graphql",
)


def check_node() -> None:
    """Check that Node is there and new enough.

    Raises
    ------
    SetupError
        If it is not.
    """
    wanted = ".".join(map(str, OLDEST_NODE))
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise SetupError(f"Node and npm are missing; install Node {wanted} or newer (nodejs.org)")
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    if found is None or tuple(map(int, found.groups())) < OLDEST_NODE:
        version = answer.stdout.strip() or "unknown"
        raise SetupError(f"Node {wanted} or newer is needed; this one is {version} (nodejs.org)")


def install() -> None:
    """Make ``node_modules`` hold what ``package-lock.json`` says.

    Raises
    ------
    SetupError
        If the packages cannot be installed.
    """
    manifests = (ROOT / "package-lock.json", ROOT / "package.json", FRONTEND / "package.json")
    stamp = Stamp(NODE_MODULES / ".lock.sha256", manifests)
    if not stamp.is_current:
        quick = ("--no-audit", "--no-fund", "--fetch-retry-mintimeout=2000")
        run("installing the npm packages", ("npm", "ci", *quick))
        stamp.set()


def build_studio() -> None:
    """Build the studio into ``frontend/dist``.

    Raises
    ------
    SetupError
        If the build fails.
    """
    stamp = Stamp(DIST / ".built-from.sha256", (*BUILD_INPUTS, *frontend_sources()))
    if not stamp.is_current or not (DIST / "index.html").is_file():
        run("building the studio", ("npm", "run", "build"))
        stamp.set()


def frontend_sources() -> Iterator[Path]:
    """Yield the files that the studio is built from."""
    for path in FRONTEND.rglob("*"):
        if path.is_file() and not {"node_modules", "dist"} & set(path.relative_to(FRONTEND).parts):
            yield path
