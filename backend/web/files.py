"""The ``/files`` route: signed addresses, ranges, and nothing held in memory."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from backend.errors import NotAuthenticated, NotFound, ServiceUnavailable
from backend.services.files import check
from backend.services.platform import Platform
from backend.storage import sha256_of
from backend.web.byte_range import byte_range

MEDIA_TYPES: Mapping[str, str] = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mid": "audio/midi",
    ".musicxml": "application/vnd.recordare.musicxml+xml",
    ".lrc": "text/plain",
    ".json": "application/json",
}
LOCKED_DOWN = "default-src 'none'; sandbox"
"""A file is never a page of ours, whatever is in it."""


async def serve(request: Request) -> Response:
    """Answer GET and HEAD."""
    platform: Platform = request.state.platform
    key = request.path_params["key"]
    try:
        _check(platform, key, request)
        size = await platform.storage.size(key)
    except NotFound as error:
        raise HTTPException(404, error.message) from error
    except NotAuthenticated as error:
        raise HTTPException(403, error.message) from error
    except ServiceUnavailable as error:
        raise HTTPException(503, error.message, {"Retry-After": "1"}) from error
    if size is None:
        raise HTTPException(404, "There is no such file.")
    return _answer(request, platform, key, size)


def _check(platform: Platform, key: str, request: Request) -> None:
    asked = [request.query_params.get(name, "") for name in ("name", "disposition", "expires")]
    name, disposition, expires = asked
    signature = request.query_params.get("signature", "")
    check(platform, key, name, disposition, expires, signature)


def _answer(request: Request, platform: Platform, key: str, size: int) -> Response:
    """Answer with the file, a part of it, or the news that nothing changed."""
    etag = f'"{sha256_of(key)}"'
    headers = _headers(request, key, etag)
    if _known(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    status, start, end = 200, 0, size
    part = byte_range(_range_header(request, etag), size)
    if part is not None and part.length <= 0:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    if part is not None:
        status, start, end = 206, part.start, part.end
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(platform.storage.stream(key, start, end), status, headers)


def _headers(request: Request, key: str, etag: str) -> dict[str, str]:
    media_type = MEDIA_TYPES.get(PurePosixPath(key).suffix, "application/octet-stream")
    playable = media_type.startswith("audio/") and media_type != "audio/midi"
    inline = playable and request.query_params.get("disposition") != "attachment"
    name = quote(request.query_params.get("name", ""), safe="")
    return {
        "Content-Type": media_type,
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}",
        "Accept-Ranges": "bytes",
        "ETag": etag,
        "Cache-Control": "private, max-age=86400, immutable",
        "Content-Security-Policy": LOCKED_DOWN,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _known(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has the file already (RFC 9110 §13.1.2, weak comparison)."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags


def _range_header(request: Request, etag: str) -> str | None:
    """Return the range that counts: only for GET, and only of the version the client has."""
    if request.method != "GET" or request.headers.get("if-range", etag) != etag:
        return None
    return request.headers.get("range")


ROUTE = Route("/files/{key:path}", serve, methods=["GET", "HEAD"], name="files")
