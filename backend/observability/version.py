"""Which build this is.

``build.json`` beside this file, written when an image is built, names the commit and the time::

    {"commit": "…", "built_at": "2026-01-31T12:00:00+00:00"}

A working copy has none; there the commit is read from ``.git``.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

RELEASE = "0.1.0"
"""The released version; pyproject.toml says the same."""

BUILD_FILE = Path(__file__).with_name("build.json")
GIT_FOLDER = Path(__file__).parents[2] / ".git"


@dataclass(frozen=True, slots=True)
class Build:
    """One build of the platform."""

    release: str
    commit: str | None = None
    built_at: datetime | None = None


@cache
def this_build() -> Build:
    """Return the build that is running."""
    if BUILD_FILE.exists():
        return _from_file(BUILD_FILE)
    return Build(RELEASE, commit=_commit(GIT_FOLDER))


def _from_file(file: Path) -> Build:
    build = json.loads(file.read_text())
    return Build(RELEASE, build["commit"], datetime.fromisoformat(build["built_at"]))


def _commit(git: Path) -> str | None:
    """Return the commit that is checked out, or None outside a working copy."""
    head = git / "HEAD"
    if not head.exists():
        return None
    content = head.read_text().strip()
    branch = git / content.removeprefix("ref: ")
    if not content.startswith("ref: "):
        return content
    return branch.read_text().strip() if branch.exists() else None
