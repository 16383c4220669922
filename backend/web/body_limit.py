"""How much a request may send."""

from collections.abc import Awaitable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Stops reading a body that is too large.

    The refusal is raised where the body is read, so that every edge puts it in its own words.

    Parameters
    ----------
    app : ASGIApp
        What reads.
    most : int
        Bytes that a body may have.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass a request on with a counted body."""
        if scope["type"] == "http":
            announced = Headers(scope=scope).get("content-length", "0")
            receive = _counted(receive, announced, self.most)
        return self.app(scope, receive, send)


def _counted(receive: Receive, announced: str, most: int) -> Receive:
    total = 0
    too_large = f"The request is larger than {most} bytes; a prompt takes 1 to 2000 characters."

    async def counted() -> Message:
        nonlocal total
        if announced.isdecimal() and int(announced[:20]) > most:
            raise HTTPException(413, too_large)
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            raise HTTPException(413, too_large)
        return message

    return counted
