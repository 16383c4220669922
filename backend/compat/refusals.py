"""The error tree of the product as status codes: the only place where the two meet."""

from collections.abc import Mapping

import structlog
from pydantic import ValidationError
from starlette.responses import JSONResponse

from backend import errors

log = structlog.get_logger(__name__)

STATUS: Mapping[type[errors.MusicError], int] = {
    errors.InvalidInput: 422,
    errors.NotAuthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.LimitExceeded: 429,
    errors.ServiceUnavailable: 503,
}

FIELDS: Mapping[str, tuple[str, ...]] = {
    "prompt": ("body", "prompt"),
    "title": ("body", "project_name"),
    "style.genre": ("body", "style_config", "genre"),
    "style.mood": ("body", "style_config", "mood"),
    "style.energy": ("body", "style_config", "energy"),
    "style.tempoBpm": ("body", "style_config", "tempo"),
    "style.key": ("body", "style_config", "key"),
    "style.timeSignature": ("body", "style_config", "time_signature"),
    "idempotencyKey": ("header", "idempotency-key"),
}
"""Where a field of the newer API lies in this one."""


def refusal(error: errors.MusicError) -> JSONResponse:
    """Answer with an expected error.

    Parameters
    ----------
    error : MusicError
        What a service raised.

    Returns
    -------
    JSONResponse
        422 lists the field; 429 says when trying again makes sense.
    """
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    if isinstance(error, errors.InvalidInput):
        fault = {"loc": list(_location(error.field)), "msg": error.message, "type": "value_error"}
        return JSONResponse({"detail": [fault]}, status)
    if isinstance(error, errors.ServiceUnavailable):
        log.warning("unavailable", exc_info=error)
    headers = {}
    if isinstance(error, errors.LimitExceeded):
        headers["Retry-After"] = str(error.retry_after_seconds or 1)
    if isinstance(error, errors.NotAuthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"detail": error.message}, status, headers)


def faults(error: ValidationError, place: str) -> JSONResponse:
    """Answer with what is wrong with the shape of a request.

    Parameters
    ----------
    error : pydantic.ValidationError
        What did not fit.
    place : str
        body or query.
    """
    details = [
        {"loc": [place, *entry["loc"]], "msg": entry["msg"], "type": entry["type"]}
        for entry in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return JSONResponse({"detail": details}, 422)


def _location(field: str | None) -> tuple[str, ...]:
    """Return where the field lies in this API."""
    if field is None:
        return ("body",)
    if field.startswith("lyrics."):
        return ("body", "lyrics_request", field.removeprefix("lyrics."))
    return FIELDS.get(field, ("body", field))
