"""What a request over HTTP asks for, read from its body or its address."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import orjson

JSON = b"application/json"
MOST_PARAMETERS = 20


class Refused(Exception):
    """A request that is no GraphQL request, or not one that is answered.

    Parameters
    ----------
    message : str
        What is wrong, for whoever wrote the client.
    status : int
        The HTTP status.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class Asked(NamedTuple):
    """The parameters of GraphQL over HTTP (its specification, §4.1)."""

    query: str | None
    variables: dict[str, Any] | None
    operation_name: str | None
    extensions: dict[str, Any] | None


def asked_by_body(content_type: bytes, body: bytes) -> Asked:
    """Read the body of a POST.

    Raises
    ------
    Refused
        If it is not a JSON object of the right shape. Forms, which any page could send, are none.
    """
    if not is_json(content_type):
        raise Refused("Send the request as application/json.")
    given = _read(body)
    if not isinstance(given, dict):
        raise Refused("A GraphQL request is a JSON object with a `query`; batches are not taken.")
    return _checked(given)


def is_json(content_type: bytes) -> bool:
    """Whether a ``Content-Type`` names JSON, which no page may send to others unasked."""
    return content_type.partition(b";")[0].strip().lower() == JSON


def asked_by_address(query_string: bytes) -> Asked:
    """Read the parameters of a GET.

    Raises
    ------
    Refused
        If they have not the right shape.
    """
    try:
        pairs = parse_qsl(query_string.decode("latin-1"), max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise Refused("The address has too many parameters.") from error
    given: dict[str, Any] = dict(pairs)
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _read(given[name])
    return _checked(given)


def _read(text: str | bytes) -> object:
    try:
        return orjson.loads(text)
    except ValueError:
        raise Refused("Unable to parse the request as JSON.") from None


def _checked(given: Mapping[str, Any]) -> Asked:
    asked = Asked(
        given.get("query"),
        given.get("variables"),
        given.get("operationName"),
        given.get("extensions"),
    )
    if not isinstance(asked.query, str | None):
        raise Refused("The `query` must be a string, if there is one.")
    if not isinstance(asked.variables, dict | None):
        raise Refused("The `variables` must be an object, if there are any.")
    if not isinstance(asked.operation_name, str | None):
        raise Refused("The `operationName` must be a string, if there is one.")
    if not isinstance(asked.extensions, dict | None):
        raise Refused("The `extensions` must be an object, if there are any.")
    return asked
