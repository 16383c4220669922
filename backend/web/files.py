"""The ``/files`` routes: signed addresses, and nothing held in memory."""

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.errors import LimitExceeded, MusicError, NotAuthenticated, NotFound, ServiceUnavailable
from backend.services import downloads, sharing
from backend.services.content import Content, stored_content
from backend.services.files import check
from backend.services.platform import Platform
from backend.storage import is_key
from backend.web.content import answer

DOWNLOAD = re.compile(r"takes/(?P<take>[\w-]{1,36})/(?P<name>[\w./-]{1,200})", re.ASCII)
"""Where files are made when they are asked for; everything else is the key of a stored one."""
SHARED = re.compile(r"shared/(?P<token>[\w-]{32})/(?P<rest>[\w./-]{1,200})", re.ASCII)
"""The same of a song that is shared by a link, for as long as it is."""
OF_ITS_TAKE = "take/"
EXPECTED = (NotFound, NotAuthenticated, LimitExceeded, ServiceUnavailable)


async def serve(request: Request) -> Response:
    """Answer GET and HEAD."""
    platform: Platform = request.state.platform
    try:
        found = await _promised_content(platform, request)
    except EXPECTED as error:
        raise _refusal(error) from error
    return answer(request, found)


async def _promised_content(platform: Platform, request: Request) -> Content:
    """Return the stored file, or the download of a take, that an address is good for."""
    path = request.path_params["path"]
    names = ("name", "disposition", "expires", "signature")
    promise = {name: request.query_params.get(name, "") for name in names}
    check(platform, path, **promise)
    if (shared := SHARED.fullmatch(path)) is not None:
        return await _shared(platform, shared["token"], shared["rest"])
    if (download := DOWNLOAD.fullmatch(path)) is not None:
        return await downloads.content(platform, download["take"], download["name"])
    return await _stored(platform, path)


async def _shared(platform: Platform, token: str, rest: str) -> Content:
    heard = await sharing.heard_by(platform, token)
    if heard is None:
        raise NotFound("This song is no longer shared.")
    if rest.startswith(OF_ITS_TAKE):
        return await downloads.content(platform, heard.take_id, rest.removeprefix(OF_ITS_TAKE))
    return await _stored(platform, rest)


async def _stored(platform: Platform, key: str) -> Content:
    size = await platform.storage.size(key) if is_key(key) else None
    if size is None:
        raise NotFound("There is no such file.")
    return stored_content(platform, key, size)


def _refusal(error: MusicError) -> HTTPException:
    match error:
        case NotFound():
            return HTTPException(404, error.message)
        case NotAuthenticated():
            return HTTPException(403, error.message)
        case LimitExceeded():
            return HTTPException(
                503, error.message, {"Retry-After": str(error.retry_after_seconds)}
            )
        case _:
            return HTTPException(503, error.message, {"Retry-After": "1"})


ROUTE = Route("/files/{path:path}", serve, methods=["GET", "HEAD"], name="files")
