"""The ``/metrics`` route; keep it inside the network."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.errors import ServiceUnavailable
from backend.models.base import now
from backend.observability import metrics
from backend.services.ended_songs import EndedSong, ended_since
from backend.services.platform import Platform

OVERLAP = timedelta(minutes=1)
"""The end of a song is written down a moment before others can read it."""


class Scrapes:
    """What this process has told of songs so far."""

    def __init__(self) -> None:
        self._since = now()
        self._counted: set[str] = set()
        self._turn = asyncio.Lock()

    async def serve(self, request: Request) -> Response:
        """Answer a scrape."""
        platform: Platform = request.state.platform
        with suppress(ServiceUnavailable):
            await self._count_songs(platform)
        try:
            length = float(await platform.queue.length())
        except ServiceUnavailable:
            length = float("nan")
        return Response(metrics.exposition(length), media_type=metrics.CONTENT_TYPE)

    async def _count_songs(self, platform: Platform) -> None:
        """Count what has ended since the last time, each song once."""
        async with self._turn:
            began = now()
            ended = await ended_since(platform, self._since)
            for song in ended:
                if song.take_id not in self._counted:
                    _count(song)
            self._counted = {song.take_id for song in ended}
            self._since = max(self._since, began - OVERLAP)


def _count(song: EndedSong) -> None:
    metrics.SONGS.labels(song.status).inc()
    if song.status == "completed" and song.real_time_factor is not None:
        metrics.REAL_TIME_FACTOR.observe(song.real_time_factor)
    for stage in song.stages:
        metrics.STAGES.labels(stage.name, stage.status.value).observe(stage.duration_seconds or 0)


def route() -> Route:
    """Return the route of one application."""
    return Route("/metrics", Scrapes().serve, methods=["GET"], name="metrics")
