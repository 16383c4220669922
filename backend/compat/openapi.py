"""The OpenAPI 3.1 document, made from the route table."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from backend.compat.answers import Faults, Refusal, Token
from backend.compat.asked import Nothing
from backend.compat.endpoint import Endpoint
from backend.observability.version import RELEASE

REFERENCE = "#/components/schemas/{model}"
REFUSALS = {
    400: ("The body is not valid JSON.", Refusal),
    401: ("The token is missing, wrong or expired.", Refusal),
    403: ("The API key may only read.", Refusal),
    404: ("There is no such project, or it is somebody else's.", Refusal),
    413: ("The body is too large.", Refusal),
    415: ("The body is not application/json.", Refusal),
    422: ("A value cannot be accepted.", Faults),
    429: ("Too much at once; Retry-After says when to try again.", Refusal),
    503: ("A part of the platform is away for a moment.", Refusal),
}


def document(endpoints: Sequence[Endpoint[Any, Any]]) -> dict[str, Any]:
    """Describe the endpoints.

    Parameters
    ----------
    endpoints : sequence of Endpoint
        The route table.

    Returns
    -------
    dict
        An OpenAPI 3.1 document.
    """
    paths: dict[str, Any] = {}
    for endpoint in endpoints:
        operations = paths.setdefault(endpoint.path, {})
        for method in endpoint.methods:
            operations[method.lower()] = _operation(endpoint, method)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "AI Music Generation Platform",
            "version": RELEASE,
            "description": "The REST API of the earlier platform. New clients use GraphQL.",
        },
        "paths": paths,
        "components": {
            "schemas": _schemas(endpoints),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
            },
        },
    }


def _operation(endpoint: Endpoint[Any, Any], method: str) -> dict[str, Any]:
    several = len(endpoint.methods) > 1
    operation: dict[str, Any] = {
        "operationId": endpoint.name + (method.capitalize() if several else ""),
        "summary": endpoint.summary,
        "parameters": _parameters(endpoint),
        "responses": {str(code): answer for code, answer in _responses(endpoint).items()},
    }
    if not endpoint.public:
        operation["security"] = [{"bearer": []}]
    if not issubclass(endpoint.body, Nothing):
        operation["requestBody"] = {"required": True, "content": _json(endpoint.body)}
    return operation


def _parameters(endpoint: Endpoint[Any, Any]) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]
    in_query = [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in endpoint.query.model_json_schema().get("properties", {}).items()
    ]
    in_header = [
        {"name": name, "in": "header", "required": False, "schema": {"type": "string"}}
        for name in endpoint.headers
    ]
    return in_path + in_query + in_header


def _responses(endpoint: Endpoint[Any, Any]) -> dict[int, Any]:
    responses = {200: {"description": endpoint.summary, "content": _json(endpoint.answer)}}
    for code in _refusal_codes(endpoint):
        reason, shape = REFUSALS[code]
        responses[code] = {"description": reason, "content": _json(shape)}
    if endpoint.status_of(None) != 200:
        responses[endpoint.status_of(None)] = responses[200]
    return responses


def _refusal_codes(endpoint: Endpoint[Any, Any]) -> list[int]:
    """Return the codes with which the endpoint can refuse."""
    codes = set()
    if not issubclass(endpoint.body, Nothing):
        codes |= {400, 403, 413, 415, 422}
    if not issubclass(endpoint.query, Nothing):
        codes |= {422}
    if not endpoint.public:
        codes |= {401, 429, 503}
    if "{project_id}" in endpoint.path:
        codes |= {404}
    if endpoint.answer is Token:
        codes |= {503}
    return sorted(codes)


def _json(shape: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REFERENCE.format(model=shape.__name__)}}}


def _schemas(endpoints: Sequence[Endpoint[Any, Any]]) -> dict[str, Any]:
    """Return every shape that the document refers to, by name."""
    asked = {endpoint.body for endpoint in endpoints} - {Nothing}
    answered = {endpoint.answer for endpoint in endpoints} | {Refusal, Faults}
    _, asking = models_json_schema([(m, "validation") for m in asked], ref_template=REFERENCE)
    _, answering = models_json_schema(
        [(m, "serialization") for m in answered], ref_template=REFERENCE
    )
    found = {**asking.get("$defs", {}), **answering.get("$defs", {})}
    return dict(sorted(found.items()))
