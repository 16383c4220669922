"""Whether a request may have been sent by a page of somebody else, without anybody knowing.

A GET asks by its address alone, and any page can make a browser send one. Nothing can be changed by
it and no cookie goes along, but it costs work. A request that cannot come from such a page carries

* a header that pages of others may send only if this server agrees first (a preflight): a JSON
  ``Content-Type``, ``Authorization``, ``X-GraphQL-CSRF`` or Apollo's ``apollo-require-preflight``;
* or ``Sec-Fetch-Site``, which browsers write themselves, with ``same-origin`` or ``none`` (typed
  into the address bar); see Fetch Metadata, https://www.w3.org/TR/fetch-metadata/;
* or it comes from no browser: those name themselves ``Mozilla/5.0``, all of them.
"""

from collections.abc import Mapping

PREFLIGHTED = (b"authorization", b"x-graphql-csrf", b"apollo-require-preflight")
OWN_SITES = frozenset({b"same-origin", b"none"})
ADVICE = "Send the header X-GraphQL-CSRF with a GET, so that it cannot come from a page of others."


def may_be_forged(headers: Mapping[bytes, bytes]) -> bool:
    """Judge a GET by its headers, whose names are in lower case."""
    if any(headers.get(name) for name in PREFLIGHTED):
        return False
    if headers.get(b"content-type", b"").partition(b";")[0].strip() == b"application/json":
        return False
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in OWN_SITES
    return b"origin" in headers or headers.get(b"user-agent", b"").startswith(b"Mozilla/")
