"""Which build this is."""

import json
import tomllib
from pathlib import Path

import pytest

from backend.observability import version


@pytest.fixture(autouse=True)
def fresh() -> None:
    version.this_build.cache_clear()


def test_the_release_is_the_one_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert project["version"] == version.RELEASE


def test_an_image_names_its_commit_and_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "build.json"
    file.write_text(json.dumps({"commit": "abc", "built_at": "2026-01-31T12:00:00+00:00"}))
    monkeypatch.setattr(version, "BUILD_FILE", file)
    build = version.this_build()
    assert (build.release, build.commit) == (version.RELEASE, "abc")
    assert build.built_at is not None
    assert build.built_at.isoformat() == "2026-01-31T12:00:00+00:00"


@pytest.mark.parametrize(
    ("head", "branch", "commit"),
    [("ref: refs/heads/main", "abc\n", "abc"), ("def\n", "abc", "def"), (None, "abc", None),
     ("ref: refs/heads/other", "abc", None)],
)  # fmt: skip
def test_a_working_copy_names_its_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, head: str | None, branch: str, commit: str
) -> None:
    (tmp_path / "refs/heads").mkdir(parents=True)
    (tmp_path / "refs/heads/main").write_text(branch)
    if head is not None:
        (tmp_path / "HEAD").write_text(head)
    monkeypatch.setattr(version, "BUILD_FILE", tmp_path / "none.json")
    monkeypatch.setattr(version, "GIT_FOLDER", tmp_path)
    assert version.this_build().commit == commit
