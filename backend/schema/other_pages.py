"""No page of somebody else makes a browser ask, without anybody knowing.

A GET asks by its address alone: an image, a script, a form, a frame, a prefetch or a plain link of
any page makes a browser send one. Nothing can be changed by it and no cookie goes along, but it
costs work, and its answer takes a time that such a page can measure. So a GET has to bring a header
that a page may send to others only after they have agreed (a preflight, Fetch standard §4.8): a
JSON ``Content-Type``, a ``Bearer`` token, or one of ``PREFLIGHTED`` (Apollo's and our own).

What a browser writes by itself proves nothing here: ``Sec-Fetch-Site`` says ``same-origin`` of an
image that somebody smuggled into a page of ours, and ``none`` of a link in a letter; browsers add
``Authorization: Basic`` to what any page asks for.
"""

from collections.abc import Mapping

from backend.schema.asked import Refused, is_json
from backend.settings import Settings

PREFLIGHTED = (b"x-graphql-csrf", b"x-apollo-operation-name", b"apollo-require-preflight")
ADVICE = (
    "Send the header X-GraphQL-CSRF: 1 with a GET, so that it cannot come from a page of others."
)


def require_header(settings: Settings, headers: Mapping[bytes, bytes]) -> None:
    """Let a GET pass that no page of others can have caused.

    Parameters
    ----------
    settings : Settings
        ``get_needs_header`` may be switched off.
    headers : mapping
        Of the request, with names in lower case.

    Raises
    ------
    Refused
        If any page may have caused it.
    """
    if settings.get_needs_header and not _needs_preflight(headers):
        raise Refused(ADVICE, 403)


def _needs_preflight(headers: Mapping[bytes, bytes]) -> bool:
    return (
        any(headers.get(name) for name in PREFLIGHTED)
        or is_json(headers.get(b"content-type", b""))
        or headers.get(b"authorization", b"").lower().startswith(b"bearer ")
    )
