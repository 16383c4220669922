"""Errors that Sentry hears of, and what it does not."""

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
import structlog
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from backend.errors import ConfigurationError
from backend.observability import reporting
from backend.observability.logs import configure_logs
from backend.observability.reporting import report_errors

DSN = "https://key@sentry.example/1"


class Kept(Transport):
    """Keeps what would travel."""

    events: list[Any] = []  # noqa: RUF012 - Sentry makes the object; the class is the place to look

    def capture_envelope(self, envelope: Envelope) -> None:
        self.events.append(envelope.get_event())


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    Kept.events.clear()
    yield
    logging.getLogger().handlers = [
        handler
        for handler in logging.getLogger().handlers
        if not isinstance(handler, reporting._Reporter)
    ]
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)


def fail() -> None:
    password = "hunter" + "2"
    raise RuntimeError(f"broken with {len(password)}")


def test_an_unexpected_error_is_reported_with_its_ids_and_without_values() -> None:
    configure_logs("info", "json")
    report_errors(DSN, "staging", Kept)
    log = structlog.get_logger("ours")
    log.info("an ordinary line")
    with structlog.contextvars.bound_contextvars(request_id="r1", user_id="alice"):
        try:
            fail()
        except RuntimeError:
            log.exception("unexpected error", error_id="e1")
    [event] = Kept.events
    assert event["environment"] == "staging"
    assert event["exception"]["values"][0]["type"] == "RuntimeError"
    assert event["tags"] == {"request_id": "r1", "user_id": "alice", "error_id": "e1"}
    assert "hunter2" not in str(event)


def test_lines_of_others_and_without_an_error_are_reported_too() -> None:
    report_errors(DSN, "staging", Kept)
    structlog.get_logger("ours").error("the file is gone", stage="mixing")
    try:
        fail()
    except RuntimeError as error:
        structlog.get_logger("ours").error("masked", exc_info=error)
        logging.getLogger("theirs").exception("plain")
    gone, masked, plain = Kept.events
    assert (gone["message"], gone["tags"]["stage"]) == ("the file is gone", "mixing")
    for event in (masked, plain):
        assert event["exception"]["values"][0]["type"] == "RuntimeError"


def test_without_an_address_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(reporting, "import_module", refuse)
    report_errors("", "development")


def test_a_wrong_address_or_a_missing_package_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ConfigurationError, match="AIMUSIC_SENTRY_DSN"):
        report_errors("nonsense", "production")
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ConfigurationError, match=r"pip install .*\[sentry\]"):
        report_errors(DSN, "production")
