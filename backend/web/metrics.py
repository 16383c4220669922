"""The ``/metrics`` route; keep it inside the network."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.errors import ServiceUnavailable
from backend.observability.metrics import CONTENT_TYPE, exposition
from backend.services.platform import Platform


async def serve(request: Request) -> Response:
    """Answer a scrape."""
    platform: Platform = request.state.platform
    try:
        length = float(await platform.queue.length())
    except ServiceUnavailable:
        length = float("nan")
    return Response(exposition(length), media_type=CONTENT_TYPE)


ROUTE = Route("/metrics", serve, methods=["GET"], name="metrics")
