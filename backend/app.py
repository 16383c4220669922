"""The API process, put together."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route, WebSocketRoute

from backend.compat.routes import routes as compat_routes
from backend.jobs.queue import open_queue
from backend.observability.logs import configure_logs
from backend.observability.reporting import report_errors
from backend.observability.requests import RequestLog
from backend.observability.tracing import trace_to
from backend.schema.definition import MusicSchema
from backend.schema.over_http import GraphQLOverHTTP
from backend.schema.persisted import PersistedDocuments
from backend.schema.streams import STREAMS, GraphQLStreams
from backend.schema.trusted import trusted_documents
from backend.services.platform import Platform, open_platform
from backend.settings import Settings, load_settings
from backend.web import files, metrics
from backend.web.body_limit import BodyLimit
from backend.web.failures import Failures, refused
from backend.web.origins import SocketOrigins
from backend.web.security_headers import SecurityHeaders
from backend.web.socket_places import SocketPlaces
from backend.web.studio import Studio

SENT = [
    *("Authorization", "Content-Type", "Idempotency-Key", "If-Range", "Range", "X-Request-ID"),
    *("X-GraphQL-CSRF", "X-Apollo-Operation-Name", "Apollo-Require-Preflight"),
]
READ = ["Accept-Ranges", "Content-Disposition", "Content-Range", "ETag", "Retry-After"]
"""Headers that pages of other origins may send and read."""


class State(TypedDict):
    """What every request finds in ``request.state``."""

    platform: Platform


def create_app(settings: Settings | None = None) -> Starlette:
    """Return the application that a server such as uvicorn runs.

    Parameters
    ----------
    settings : Settings or None
        Read from the environment if not given.

    Raises
    ------
    ConfigurationError
        If a setting is wrong.
    """
    settings = settings or load_settings()
    configure_logs(settings.log_level, settings.log_format)
    report_errors(settings.sentry_dsn, settings.environment)
    trace_to(settings.otlp_endpoint, "aimusic-api")
    trusted = trusted_documents(settings.trusted_documents)
    schema = MusicSchema(settings, hide_names=settings.is_production, trusted=trusted)
    explorer = None if settings.is_production else "/graphiql/"
    persisted = PersistedDocuments(trusted)
    streams = GraphQLStreams(schema, settings, persisted, protocols=STREAMS)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with open_queue(settings) as queue, open_platform(settings, queue) as platform:
            gc.collect()
            gc.freeze()  # what is loaded by now stays: no collection need look at it again
            yield {"platform": platform}

    app = Starlette(
        routes=[
            Route("/graphql", GraphQLOverHTTP(schema, persisted, explorer=explorer)),
            WebSocketRoute("/graphql", GraphQLStreams(schema, settings, persisted)),
            Route("/graphql/stream", streams),
            *compat_routes(settings),
            files.ROUTE,
            metrics.route(),
        ],
        middleware=_middleware(settings),
        exception_handlers={HTTPException: refused},
        lifespan=lifespan,
    )
    app.router.default = Studio(explorer=not settings.is_production)
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    """Return what surrounds every request, outermost first."""
    return [
        Middleware(RequestLog),
        Middleware(SecurityHeaders, strict_transport=settings.is_production),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=SENT,
            expose_headers=READ,
        ),
        Middleware(Failures),
        Middleware(SocketOrigins, settings.allowed_origins),
        Middleware(SocketPlaces),
        Middleware(BodyLimit, settings.max_body_bytes),
    ]
