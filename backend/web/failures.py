"""What clients read when a request fails."""

import secrets
from collections.abc import Awaitable

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.observability.metrics import FAILURES

log = structlog.get_logger(__name__)

WITHOUT_BODY = frozenset({204, 304})


async def refused(_request: Request, error: Exception) -> Response:
    """Put a refusal in JSON."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code in WITHOUT_BODY:
        return Response(status_code=error.status_code, headers=error.headers)
    return JSONResponse({"detail": error.detail}, error.status_code, error.headers)


class Failures:
    """Turns what nobody expected into a sentence and an id that the log has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass a request on and catch what comes back up."""
        catch = self._answer if scope["type"] == "http" else self.app
        return catch(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            error_id = secrets.token_hex(6)
            FAILURES.inc()
            log.exception("unexpected error", error_id=error_id)
            if started:
                raise
            detail = (
                f"Something went wrong on our side. Name the error {error_id} when you report it."
            )
            await JSONResponse({"detail": detail}, 500)(scope, receive, send)
