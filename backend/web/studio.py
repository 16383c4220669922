"""The built studio and the built explorer, served as they are."""

from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from backend.web.security_headers import STUDIO_POLICY

DIST = Path(__file__).parents[2] / "frontend" / "dist"
EXPLORER = "graphiql"
INDEX = {".": "index.html", EXPLORER: f"{EXPLORER}/index.html"}
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name holds a hash of their content."""
ASK_AGAIN = "no-cache"

NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>AI Music Studio</title>
<h1>The studio has not been built yet</h1>
<p>The API is running. To build the studio: <code>npm install && npm run build</code>, then reload.
<p>GraphQL answers at <a href="/graphql">/graphql</a>, REST is described by
<a href="/openapi.json">/openapi.json</a>.
</html>
"""


class Studio(StaticFiles):
    """A single-page application: addresses of its own views lead to its one page.

    Parameters
    ----------
    dist : Path
        Where the build lies; it may come later.
    explorer : bool
        Whether the explorer, which is built into a folder of it, is served, too.
    """

    def __init__(self, dist: Path = DIST, *, explorer: bool) -> None:
        super().__init__(directory=dist, check_dir=False)
        self.page = dist / "index.html"
        self.explorer = explorer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what no other route has answered."""
        if scope["type"] == "http":
            await super().__call__(scope, receive, send)
        else:
            await WebSocketClose()(scope, receive, send)

    async def check_config(self) -> None:
        """Accept that there is no build yet."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, or with the page."""
        folder = Path(path).parts[:1]
        if scope["method"] not in {"GET", "HEAD"} or (folder == (EXPLORER,) and not self.explorer):
            raise HTTPException(404, "Not Found")
        try:
            response = await super().get_response(INDEX.get(path, path), scope)
        except HTTPException:
            if "text/html" not in Headers(scope=scope).get("accept", ""):
                raise
            response = self._page()
        hashed = "assets" in Path(path).parts[:-1]
        response.headers["Cache-Control"] = FOREVER if hashed else ASK_AGAIN
        response.headers["Content-Security-Policy"] = STUDIO_POLICY
        return response

    def _page(self) -> Response:
        """Return the studio's one page; its script finds the view of the address."""
        if not self.page.is_file():
            return HTMLResponse(NOT_BUILT, 503)
        return FileResponse(self.page)
