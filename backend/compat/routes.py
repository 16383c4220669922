"""The routes of the earlier platform, ready to be mounted."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from backend.compat import socket
from backend.compat.openapi import document
from backend.compat.reference import POLICY, page
from backend.compat.table import endpoints
from backend.settings import Settings


def routes(settings: Settings) -> list[BaseRoute]:
    """Return every route of the earlier API.

    Parameters
    ----------
    settings : Settings
        Decide whether the development token exists.
    """
    table = endpoints(settings)
    described = document(table)
    shown = page(described)

    async def openapi(_request: Request) -> JSONResponse:
        return JSONResponse(described)

    async def reference(_request: Request) -> HTMLResponse:
        return HTMLResponse(shown, headers={"Content-Security-Policy": POLICY})

    return [
        *(endpoint.route() for endpoint in table),
        Route("/openapi.json", openapi, name="openapi"),
        Route("/docs", reference, name="reference"),
        WebSocketRoute("/ws", socket.serve, name="events"),
    ]
