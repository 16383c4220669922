"""What is counted, for Prometheus."""

from collections.abc import Mapping
from typing import Any

from prometheus_client import Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

REQUESTS = Histogram(
    "aimusic_request_seconds",
    "Time from a request to the end of its answer.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SOCKETS = Gauge("aimusic_open_sockets", "WebSocket connections that are open.")
QUEUE = Gauge("aimusic_queue_length", "Songs that wait or are being made; NaN while unknown.")


METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST"})


def count_request(scope: Mapping[str, Any], status: int, seconds: float) -> None:
    """Count one request.

    Parameters
    ----------
    scope : mapping
        The request as ASGI describes it, after it was routed.
    status : int
        The status of the answer; 0 if there was none.
    seconds : float
        How long it took.
    """
    method = scope["method"] if scope["method"] in METHODS else "other"
    REQUESTS.labels(method, _route(scope), str(status)).observe(seconds)


def exposition(queue_length: float) -> bytes:
    """Return everything that was counted, in the text format of Prometheus.

    Parameters
    ----------
    queue_length : float
        Songs that wait or are being made.
    """
    QUEUE.set(queue_length)
    return generate_latest()


def _route(scope: Mapping[str, Any]) -> str:
    """Return the route that answered, as it is written in the route table.

    What no route has answered counts as one, so that nobody can make up new ones.
    """
    return str(getattr(scope.get("route"), "path", "other"))
