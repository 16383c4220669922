"""Documents by their hash instead of their text.

Automatic persisted queries are those of Apollo: a client sends the SHA-256 of a document, and the
text once when the server does not know it yet. Trusted documents (see ``trusted``) are known from
the beginning.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping

from backend.errors import InvalidInput
from backend.schema.trusted import TrustedDocuments

REMEMBERED = 500
LONGEST_REMEMBERED = 10_000
"""Characters; a longer document is executed but not kept."""
HASH = re.compile(r"[0-9a-f]{64}")


class UnknownDocumentError(InvalidInput):
    """The server does not know the hash; the client sends the text along."""

    code = "PERSISTED_QUERY_NOT_FOUND"


class WrongHashError(InvalidInput):
    """The hash is not that of the document."""

    code = "PERSISTED_QUERY_MISMATCH"


class PersistedDocuments:
    """The documents that one process knows by their hash.

    Parameters
    ----------
    trusted : TrustedDocuments or None
        With them nothing else is learnt.
    """

    def __init__(self, trusted: TrustedDocuments | None = None) -> None:
        self._trusted = trusted
        self._learnt: OrderedDict[str, str] = OrderedDict()

    def text(self, query: str | None, extensions: Mapping[str, object] | None) -> str | None:
        """Return the document of a request.

        Parameters
        ----------
        query : str or None
            The text, if it was sent.
        extensions : mapping or None
            May hold ``persistedQuery: {version: 1, sha256Hash}``.

        Raises
        ------
        UnknownDocumentError, WrongHashError
            If there is a hash that cannot be used.
        """
        persisted = (extensions or {}).get("persistedQuery")
        if not isinstance(persisted, dict):
            return query
        wanted = persisted.get("sha256Hash")
        if not isinstance(wanted, str) or not HASH.fullmatch(wanted):
            raise WrongHashError("“sha256Hash” takes 64 hexadecimal digits.")
        return self._known(wanted) if query is None else self._learn(wanted, query)

    def _known(self, wanted: str) -> str:
        known = self._trusted.text(wanted) if self._trusted else self._learnt.get(wanted)
        if known is None:
            raise UnknownDocumentError("PersistedQueryNotFound")
        return known

    def _learn(self, wanted: str, query: str) -> str:
        if hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest() != wanted:
            raise WrongHashError("“sha256Hash” is not the SHA-256 of “query”.")
        if self._trusted is None and len(query) <= LONGEST_REMEMBERED:
            self._learnt[wanted] = query
            if len(self._learnt) > REMEMBERED:
                self._learnt.popitem(last=False)
        return query
