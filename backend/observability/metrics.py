"""What is counted, for Prometheus."""

from collections.abc import Mapping
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

REQUESTS = Histogram(
    "aimusic_request_seconds",
    "Time from a request to the end of its answer.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
RESOLVERS = Histogram(
    "aimusic_resolver_seconds",
    "Time to execute a document, by the first field of its root.",
    ["field"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
FAILURES = Counter("aimusic_unexpected_errors", "Errors that got an id for the log.")
SUBSCRIPTIONS = Gauge("aimusic_subscriptions", "Projects and dashboards that are watched.")
SOCKETS = Gauge("aimusic_open_sockets", "WebSocket connections that are open.")
QUEUE = Gauge("aimusic_queue_length", "Songs that wait or are being made; NaN while unknown.")
SONGS = Counter("aimusic_songs", "Songs that have ended since this process began.", ["status"])
REAL_TIME_FACTOR = Histogram(
    "aimusic_song_real_time_factor",
    "Time to make a song over its length.",
    buckets=(0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5),
)
STAGES = Histogram(
    "aimusic_stage_seconds",
    "Time that a stage took which this process saw end, and how it ended.",
    ["stage", "status"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160),
)


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
