"""Answering with something that can be downloaded: ranges, entity tags, safe headers."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from backend.services.content import Content
from backend.web.byte_range import byte_range

MEDIA_TYPES: Mapping[str, str] = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".zip": "application/zip",
    ".mid": "audio/midi",
    ".musicxml": "application/vnd.recordare.musicxml+xml",
    ".lrc": "text/plain",
    ".json": "application/json",
}
LOCKED_DOWN = "default-src 'none'; sandbox"
"""A file is never a page of ours, whatever is in it."""


def answer(request: Request, content: Content) -> Response:
    """Answer with the file, a part of it, or the news that nothing changed."""
    etag = f'"{content.tag}"'
    headers = _headers(request, content.name, etag)
    if _known(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    status, start, end = 200, 0, content.size
    part = byte_range(_range_header(request, etag), content.size)
    if part is not None and part.length <= 0:
        unsatisfiable = {"Content-Range": f"bytes */{content.size}"}
        return Response(status_code=416, headers=headers | unsatisfiable)
    if part is not None:
        status, start, end = 206, part.start, part.end
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{content.size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(content.stream(start, end), status, headers)


def _headers(request: Request, name: str, etag: str) -> dict[str, str]:
    media_type = MEDIA_TYPES.get(PurePosixPath(name).suffix, "application/octet-stream")
    playable = media_type.startswith("audio/") and media_type != "audio/midi"
    inline = playable and request.query_params.get("disposition") != "attachment"
    filename = quote(request.query_params.get("name", ""), safe="")
    place = "inline" if inline else "attachment"
    return {
        "Content-Type": media_type,
        "Content-Disposition": f"{place}; filename*=UTF-8''{filename}",
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
