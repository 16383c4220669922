"""Spans for OpenTelemetry, where ``AIMUSIC_OTLP_ENDPOINT`` says so: requests, songs, stages.

Without the setting a span costs a comparison, and nothing of OpenTelemetry is imported.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from backend.errors import ConfigurationError
from backend.observability.version import RELEASE

SETTING = "AIMUSIC_OTLP_ENDPOINT"


class _Tracing:
    """Where spans go; nowhere until somebody has said so."""

    tracer: Any = None


def trace_to(endpoint: str, service: str, exporter: Any = None) -> None:  # noqa: ANN401 - OpenTelemetry's
    """Send spans from now on; do nothing without an address.

    Parameters
    ----------
    endpoint : str
        Of a collector that takes OTLP over HTTP, such as ``http://localhost:4318/v1/traces``.
    service : str
        What this process is called.
    exporter : object or None
        Takes the spans instead of the collector.

    Raises
    ------
    ConfigurationError
        If there is an address and OpenTelemetry's packages are missing.
    """
    if not endpoint:
        return
    try:
        sdk: Any = import_module("opentelemetry.sdk.trace")
        export: Any = import_module("opentelemetry.sdk.trace.export")
        resources: Any = import_module("opentelemetry.sdk.resources")
        otlp: Any = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError:
        advice = "needs packages more: pip install 'ai-music-platform[tracing]'"
        raise ConfigurationError(f"{SETTING} {advice}.", field=SETTING) from None
    named = resources.Resource.create({"service.name": service, "service.version": RELEASE})
    provider = sdk.TracerProvider(resource=named)
    taker = exporter or otlp.OTLPSpanExporter(endpoint=endpoint)
    provider.add_span_processor(export.BatchSpanProcessor(taker))
    _Tracing.tracer = provider.get_tracer("backend")


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[None]:
    """Trace a block; what it raises is noted with it."""
    if _Tracing.tracer is None:
        yield
        return
    with _Tracing.tracer.start_as_current_span(name, attributes=attributes):
        yield
