"""One log, for people or for machines."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from backend.observability.logs import configure_logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_machines_get_one_object_per_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("info", "json")
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        structlog.get_logger("ours").info("made", seconds=2)
        logging.getLogger("theirs").warning("careful: %s", "hot")
    ours, theirs = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["seconds"], ours["logger"]) == ("made", 2, "ours")
    assert (theirs["event"], theirs["level"]) == ("careful: hot", "warning")
    assert ours["request_id"] == theirs["request_id"] == "r1"


def _fail() -> None:
    raise RuntimeError("broken")


def test_errors_come_with_their_trace_but_without_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for form in ("json", "console"):
        configure_logs("info", form)
        password = "hunter" + "2"
        try:
            _fail()
        except RuntimeError:
            structlog.get_logger("ours").exception("failed")
        shown = capsys.readouterr().err
        assert "RuntimeError: broken" in shown
        assert password not in shown


def test_the_level_counts_and_setting_up_twice_does_not_double(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("debug", "console")
    configure_logs("warning", "console")
    structlog.get_logger("ours").info("quiet")
    structlog.get_logger("ours").warning("loud")
    shown = capsys.readouterr().err
    assert "quiet" not in shown
    assert shown.count("loud") == 1
