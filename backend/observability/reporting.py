"""Errors to Sentry, where ``AIMUSIC_SENTRY_DSN`` says so.

What is logged as an error is reported, with the ids that the line carries. Sentry's own guesses at
frameworks are off: they would send bodies, headers and the values of variables along.
"""

import logging
import sys
from importlib import import_module
from typing import Any

from backend.errors import ConfigurationError
from backend.observability.version import this_build

SETTING = "AIMUSIC_SENTRY_DSN"
IDS = frozenset({"request_id", "user_id", "project_id", "take_id", "stage", "error_id"})
"""What a line may carry that finds its way to Sentry as tags."""


def report_errors(dsn: str, environment: str, transport: Any = None) -> None:  # noqa: ANN401 - Sentry's
    """Report from now on; do nothing without an address.

    Parameters
    ----------
    dsn : str
        Where to; empty for nowhere.
    environment : str
        Which installation this is.
    transport : object or None
        How events travel; over HTTPS if not given.

    Raises
    ------
    ConfigurationError
        If there is an address and Sentry's package is missing, or the address is none.
    """
    if not dsn:
        return
    try:
        sentry: Any = import_module("sentry_sdk")
    except ImportError:
        advice = "needs a package more: pip install 'ai-music-platform[sentry]'"
        raise ConfigurationError(f"{SETTING} {advice}.", field=SETTING) from None
    build = this_build()
    try:
        sentry.init(
            dsn=dsn,
            environment=environment,
            release=build.commit or build.release,
            default_integrations=False,
            include_local_variables=False,
            transport=transport,
        )
    except ValueError as error:
        raise ConfigurationError(f"{SETTING} is no address of Sentry.", field=SETTING) from error
    root = logging.getLogger()
    root.handlers[:] = [h for h in root.handlers if not isinstance(h, _Reporter)]
    root.addHandler(_Reporter(sentry))


class _Reporter(logging.Handler):
    """Reports the lines that are errors."""

    def __init__(self, sentry: Any) -> None:  # noqa: ANN401 - the package
        super().__init__(logging.ERROR)
        self._sentry = sentry

    def emit(self, record: logging.LogRecord) -> None:
        """Report one."""
        line: dict[str, Any] = record.msg if isinstance(record.msg, dict) else {}
        error = _error_of(record.exc_info or line.get("exc_info"))
        with self._sentry.new_scope() as scope:
            for name in IDS & line.keys():
                scope.set_tag(name, line[name])
            if error is not None:
                scope.capture_exception(error)
            else:
                scope.capture_message(str(line.get("event", record.getMessage())), level="error")


def _error_of(given: object) -> BaseException | None:
    """Return the error that a line came with, in whichever way loggers take it."""
    if isinstance(given, BaseException):
        return given
    found = given if isinstance(given, tuple) else sys.exc_info() if given else (None, None)
    return found[1] if isinstance(found[1], BaseException) else None
