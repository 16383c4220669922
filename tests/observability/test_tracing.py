"""Spans, where somebody wants them."""

import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from backend.errors import ConfigurationError
from backend.observability import tracing
from backend.observability.tracing import span, trace_to

COLLECTOR = "http://127.0.0.1:9/v1/traces"


@pytest.fixture
def kept() -> Iterator[InMemorySpanExporter]:
    """Takes the spans instead of a collector."""
    exporter = InMemorySpanExporter()
    trace_to(COLLECTOR, "tests", exporter)
    yield exporter
    tracing._Tracing.tracer.span_processor.shutdown()
    tracing._Tracing.tracer = None


def test_spans_nest_and_name_what_they_are_about(kept: InMemorySpanExporter) -> None:
    with span("song", take_id="t1"), span("stage", stage="mixing"):
        pass
    with pytest.raises(RuntimeError), span("stage", stage="planning"):
        raise RuntimeError("broken")
    tracing._Tracing.tracer.span_processor.force_flush()
    inner, outer, failed = kept.get_finished_spans()
    assert inner.parent is not None
    assert inner.parent.span_id == outer.context.span_id
    assert dict(outer.attributes or {}) == {"take_id": "t1"}
    assert outer.resource.attributes["service.name"] == "tests"
    assert not failed.status.is_ok


def test_without_a_collector_nothing_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(tracing, "import_module", refuse)
    trace_to("", "tests")
    with span("request"):
        pass


def test_a_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(ConfigurationError, match=r"pip install .*\[tracing\]"):
        trace_to(COLLECTOR, "tests")
