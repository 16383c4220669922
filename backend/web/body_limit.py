"""How much a request may send."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 1024 * 1024
"""Bytes; the longest lyrics and prompt together have a twentieth of it."""
TOO_LARGE = "The request is larger than 1 MiB; a prompt takes 1 to 2000 characters."


class BodyLimit:
    """Stops reading a body that is too large.

    The refusal is raised where the body is read, so that every edge puts it in its own words.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with a counted body."""
        if scope["type"] == "http":
            receive = _counted(receive, Headers(scope=scope).get("content-length", "0"))
        await self.app(scope, receive, send)


def _counted(receive: Receive, announced: str) -> Receive:
    total = 0

    async def counted() -> Message:
        nonlocal total
        if announced.isdecimal() and int(announced[:20]) > LARGEST_BODY:
            raise HTTPException(413, TOO_LARGE)
        message = await receive()
        total += len(message.get("body", b""))
        if total > LARGEST_BODY:
            raise HTTPException(413, TOO_LARGE)
        return message

    return counted
