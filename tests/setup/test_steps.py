"""Set-up steps: done once, done again when their sources change, one line when they fail."""

import sys
from pathlib import Path

import pytest

from scripts.setup import commands, configured, node_packages, python_packages, steps
from scripts.setup.failure import SetupError, cause_of
from scripts.setup.stamps import Stamp


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    monkeypatch.setattr(commands, "LOG", tmp_path / ".data" / "setup.log")


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_stamp_is_current_until_a_source_changes(tmp_path: Path) -> None:
    lock, other = tmp_path / "a.lock", tmp_path / "b.lock"
    lock.write_text("one")
    stamp = Stamp(tmp_path / ".stamp", [lock, other])
    assert not stamp.is_current
    stamp.set()
    assert Stamp(tmp_path / ".stamp", [other, lock]).is_current
    lock.write_text("two")
    assert not Stamp(tmp_path / ".stamp", [lock, other]).is_current
    lock.write_text("one")
    other.write_text("appeared")
    assert not Stamp(tmp_path / ".stamp", [lock, other]).is_current


@pytest.mark.parametrize(
    ("complaint", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm ERR! code ENOSPC", "disk is full"),
        ("ImportError: libatomic.so.1: cannot open shared object file", "libatomic1"),
        ("Temporary failure in name resolution", "network"),
        ("npm ERR! code EAI_AGAIN", "network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "locked"),
        ("npm ERR! code EINTEGRITY", "locked"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "cannot be written"),
        ("ERROR: No matching distribution found for numba==0.68", "no build"),
    ],
)
def test_known_complaints_become_advice(complaint: str, word: str) -> None:
    assert word in (cause_of(f"some lines\n{complaint}\nmore") or "")


def test_unknown_complaint_is_no_known_cause() -> None:
    assert cause_of("Segmentation fault") is None


def test_failed_command_is_one_line_with_its_last_words_and_the_log(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        commands.run("testing", python("print('first'); print('last'); raise SystemExit(1)"))
    assert str(caught.value) == "testing failed: last (details: .data/setup.log)"
    assert (tmp_path / ".data" / "setup.log").read_text() == "first\nlast\n"


def test_missing_program_is_named() -> None:
    with pytest.raises(SetupError, match=r"testing failed: .*no-such-program"):
        commands.run("testing", ["no-such-program"])


def test_command_that_works_returns_what_it_printed() -> None:
    assert commands.run("testing", python("print('fine')")) == "fine\n"


def test_node_that_is_missing_or_old_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"Node and npm are missing.*20\.19"):
        node_packages.check_node()
    for name in ("node", "npm"):
        (tmp_path / name).write_text("#!/bin/sh\necho v18.4.0\n")
        (tmp_path / name).chmod(0o755)
    with pytest.raises(SetupError, match=r"this one is v18\.4\.0"):
        node_packages.check_node()


def test_full_disk_is_noticed_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps.node_packages, "check_node", lambda: None)
    monkeypatch.setattr(steps, "NEEDED_BYTES", 10**18)
    monkeypatch.setattr(steps, "NODE_MODULES", Path("missing"))
    with pytest.raises(SetupError, match="GB free"):
        steps.prepare(Path("any.lock"))


def test_missing_venv_module_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python_packages, "PYTHON", tmp_path / "none")
    monkeypatch.setattr(python_packages.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SetupError, match=r"apt install python3\.\d+-venv"):
        python_packages.make_venv()


def test_environment_wins_over_dotenv_and_prefix_over_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(configured, "ROOT", tmp_path)
    for name in ("AIMUSIC_PORT", "AIMUSIC_FAST_DEV", "FAST_DEV", "PORT"):
        monkeypatch.delenv(name, raising=False)
    assert configured.configured("PORT") is None
    (tmp_path / ".env").write_text("# AIMUSIC_PORT=1\nAIMUSIC_PORT = '9000'\nFAST_DEV=false\n")
    assert configured.configured("PORT") == "9000"
    assert configured.configured("FAST_DEV") == "false"
    monkeypatch.setenv("AIMUSIC_PORT", "9001")
    monkeypatch.setenv("PORT", "1")
    assert configured.configured("PORT") == "9001"
