"""Headers that tell browsers what an answer may do."""

from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""Data is not a page: it loads nothing and stands in no frame."""

STUDIO_POLICY = (
    "default-src 'self'; script-src 'self'; "
    "style-src 'self' 'unsafe-inline'; "  # editors and waveforms style their shadow trees
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""The studio loads only what comes with it."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class SecurityHeaders:
    """Adds the headers; an answer that brings its own policy keeps it.

    Parameters
    ----------
    app : ASGIApp
        What answers.
    strict_transport : bool
        Whether browsers shall come back over TLS only.
    """

    def __init__(self, app: ASGIApp, *, strict_transport: bool) -> None:
        self.app = app
        headers = {**ALWAYS, "Content-Security-Policy": API_POLICY}
        if strict_transport:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer with the headers."""
        if scope["type"] != "http":
            return self.app(scope, receive, send)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", ())}
                added = [(name, value) for name, value in self.headers if name not in own]
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        return self.app(scope, receive, with_headers)
