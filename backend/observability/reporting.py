"""Errors to Sentry, where ``AIMUSIC_SENTRY_DSN`` says so.

What is logged as an error is reported, with the ids that the line carries. Sentry's own guesses at
frameworks are off: they would send bodies, headers and the values of variables along.
"""

import logging
from importlib import import_module
from typing import Any

from backend.errors import ConfigurationError
from backend.observability.version import this_build

SETTING = "AIMUSIC_SENTRY_DSN"


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
        logs: Any = import_module("sentry_sdk.integrations.logging")
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
            integrations=[logs.LoggingIntegration(level=None, event_level=logging.ERROR)],
            include_local_variables=False,
            transport=transport,
        )
    except ValueError as error:
        raise ConfigurationError(f"{SETTING} is no address of Sentry.", field=SETTING) from error
