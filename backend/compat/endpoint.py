"""One row of the route table: it reads, checks and answers, and OpenAPI is made from it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.contextvars import bind_contextvars

from backend.auth import Viewer
from backend.compat.asked import Asked, Nothing
from backend.compat.refusals import faults, refusal
from backend.errors import MusicError, NotAuthenticated
from backend.services.admission import admit_request
from backend.services.api_keys import identify_header
from backend.services.platform import Platform

LONGEST_ID = 36
"""Characters; more of what claims to be an id is not worth a place in the log."""

B = TypeVar("B", bound=Asked)
Q = TypeVar("Q", bound=Asked)


@dataclass(frozen=True, slots=True)
class Call(Generic[B, Q]):
    """One request, read and checked."""

    request: Request
    platform: Platform
    body: B
    query: Q
    viewer: Viewer | None

    @property
    def signed_in(self) -> Viewer:
        """The viewer.

        Raises
        ------
        NotAuthenticated
            If the request carries no token.
        """
        if self.viewer is None:
            raise NotAuthenticated("A token is needed: “Authorization: Bearer <token>”.")
        return self.viewer

    @property
    def project_id(self) -> str:
        """The project of the path."""
        return str(self.request.path_params["project_id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Generic[B, Q]):
    """One route.

    Parameters
    ----------
    methods : tuple of str
        HTTP methods; GET if not given.
    path : str
        With ``{project_id}`` where it applies.
    handle : callable
        Makes the answer; a service's errors pass through it.
    answer : type
        What it makes.
    body, query : type of Asked
        What it takes.
    status_of : callable
        The status of an answer; 200 if not given.
    public : bool
        Whether it needs no token.
    """

    methods: tuple[str, ...] = ("GET",)
    path: str
    name: str
    summary: str
    handle: Callable[[Call[B, Q]], Awaitable[BaseModel]]
    answer: type[BaseModel]
    body: type[B]
    query: type[Q]
    public: bool = False
    headers: tuple[str, ...] = ()
    status_of: Callable[[BaseModel | None], int] = lambda _answer: 200

    def route(self) -> Route:
        """Return the route."""
        return Route(self.path, self.respond, methods=list(self.methods), name=self.name)

    async def respond(self, request: Request) -> Response:
        """Answer a request."""
        try:
            if "project_id" in request.path_params:
                bind_contextvars(project_id=request.path_params["project_id"][:LONGEST_ID])
            platform = request.state.platform
            header = request.headers.get("authorization")
            viewer = None if self.public else await identify_header(platform, header)
            if not self.public:
                address = request.client.host if request.client else ""
                await admit_request(platform, viewer, address)
            query = _checked(self.query, dict(request.query_params), "query")
            body = _checked(self.body, await self._payload(request), "body")
            answer = await self.handle(Call(request, platform, body, query, viewer))
        except MusicError as error:
            return refusal(error)
        except _MalformedError as malformed:
            return faults(malformed.error, malformed.place)
        content = answer.model_dump_json()
        return Response(content, self.status_of(answer), media_type="application/json")

    async def _payload(self, request: Request) -> object:
        """Return the JSON of the body; an endpoint that takes none does not look."""
        if issubclass(self.body, Nothing):
            return {}
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise HTTPException(415, "Send the body as application/json.")
        try:
            return orjson.loads(await request.body())
        except orjson.JSONDecodeError:
            raise HTTPException(400, "The body is not valid JSON.") from None


class _MalformedError(Exception):
    """The shape of a request is wrong."""

    def __init__(self, error: ValidationError, place: str) -> None:
        self.error = error
        self.place = place


A = TypeVar("A", bound=Asked)


def _checked(shape: type[A], value: object, place: str) -> A:
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise _MalformedError(error, place) from error
