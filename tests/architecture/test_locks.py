"""The locks pin everything, by hash, from wherever the installer looks."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, tracked

PYTHON_LOCKS = [path for path in tracked() if re.fullmatch(r"requirements.*\.lock", str(path))]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall(text(Path(lock))))


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=str)
def test_every_python_package_is_pinned_with_its_hashes_and_no_address(lock: Path) -> None:
    body = text(lock)
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^\s*#.*\n", "", body, flags=re.MULTILINE))
    assert PIN.findall(body)
    assert [entry for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?://|file://|--index|--find-links|--trusted-host", body)


def test_development_lock_holds_the_same_versions_as_the_runtime_lock() -> None:
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime.items() <= development.items()


def test_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads(text(Path("pyproject.toml")))
    asked = project["project"]["dependencies"]
    names = {
        re.split(r"[\[<>=~;! ]", requirement)[0].lower().replace("_", "-") for requirement in asked
    }
    assert names <= {name.lower().replace("_", "-") for name in pins("requirements.lock")}


def test_npm_lock_has_hashes_and_no_addresses() -> None:
    packages = json.loads(text(Path("package-lock.json")))["packages"]
    fetched = {
        name: entry
        for name, entry in packages.items()
        if name.startswith(("node_modules/", "frontend/node_modules/")) and not entry.get("link")
    }
    assert fetched
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []
    assert [
        name
        for name, entry in fetched.items()
        if "integrity" not in entry and not entry.get("inBundle")
    ] == []


@pytest.mark.parametrize("package", ["arq", "redis"])
def test_queue_client_versions_fit_each_other(package: str) -> None:
    wanted = {"arq": r"0\.28\.", "redis": r"5\."}
    assert re.match(wanted[package], pins("requirements.lock")[package])
