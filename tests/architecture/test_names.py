"""Folder and file names say what is inside; the top level is the one that everybody knows."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import sources, tracked

EMPTY_WORDS = re.compile(
    r"(^|[_\-.])(utils?|helpers?|common|misc|managers?|shared|stuff|base_?service)([_\-.]|$)",
    re.IGNORECASE,
)
TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".env.example",
    ".github",
    ".gitignore",
    "BETA_LAUNCH_CHECKLIST.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "README.md",
    "backend",
    "benchmarks",
    "codegen.yml",
    "docker-compose.yml",
    "docs",
    "frontend",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "run_tests.py",
    "scripts",
    "tests",
    "training",
}
OPTIONAL = {"requirements-nodeps.lock", "requirements-training.lock"}


def test_top_level_is_the_agreed_one() -> None:
    assert {path.parts[0] for path in tracked()} - OPTIONAL == TOP_LEVEL


@pytest.mark.parametrize("folder", ["backend/schema", "backend/pipeline", "backend/jobs"])
def test_parts_that_the_documents_name_are_there(folder: str) -> None:
    assert any(path.is_relative_to(folder) for path in tracked())


def test_no_name_is_empty_of_meaning() -> None:
    assert [
        path for path in tracked() if any(EMPTY_WORDS.search(part) for part in path.parts)
    ] == []


def test_python_names_are_plain_words() -> None:
    pattern = re.compile(r"(__init__|__main__|_?[a-z][a-z0-9_]*)\.py")
    outside = {"run_tests.py"}
    wrong = [
        path
        for path in sources(".py")
        if not pattern.fullmatch(path.name) and path.as_posix() not in outside
    ]
    assert wrong == []


def test_tests_mirror_the_code() -> None:
    mirrored = {path.parent.relative_to("backend") for path in sources(".py", under="backend/")}
    extra = {
        "architecture",
        "app",
        "docker",
        "e2e",
        "examples",
        "faults",
        "fixtures",
        "fuzz",
        "golden",
        "security",
        "settings",
        "setup",
    }
    for path in sources(".py", under="tests/"):
        folder = path.parent.relative_to("tests")
        if folder != Path() and folder.parts[0] not in extra:
            assert folder in mirrored or folder.parent in mirrored, path
