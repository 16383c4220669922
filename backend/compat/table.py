"""The route table; routes and OpenAPI are both made from it."""

from typing import Any

from backend.auth.credentials import development_viewer
from backend.compat import music, service
from backend.compat.answers import (
    Aggregate,
    Health,
    History,
    ProjectList,
    ProjectState,
    Readiness,
    Started,
    Token,
    Version,
)
from backend.compat.asked import GenerateFullSong, Nothing, Since, Window
from backend.compat.endpoint import Endpoint
from backend.settings import Settings

MUSIC = "/api/v1/music"
PROJECT = MUSIC + "/project/{project_id}"

ENDPOINTS: tuple[Endpoint[Any, Any], ...] = (
    Endpoint(
        methods=("POST",),
        path=f"{MUSIC}/generate/full-song",
        name="generateFullSong",
        summary="Start a song.",
        handle=music.generate_full_song,
        body=GenerateFullSong,
        query=Nothing,
        answer=Started,
        headers=("Idempotency-Key",),
    ),
    Endpoint(
        path=f"{PROJECT}/aggregate",
        name="projectAggregate",
        summary="Everything about a project.",
        handle=music.aggregate,
        body=Nothing,
        query=Nothing,
        answer=Aggregate,
    ),
    Endpoint(
        path=f"{PROJECT}/status",
        name="projectStatus",
        summary="Where a project stands.",
        handle=music.status,
        body=Nothing,
        query=Nothing,
        answer=ProjectState,
    ),
    Endpoint(
        path=f"{PROJECT}/events",
        name="projectEvents",
        summary="What happened to a project, oldest first.",
        handle=music.list_events,
        body=Nothing,
        query=Since,
        answer=History,
    ),
    Endpoint(
        path=f"{MUSIC}/projects",
        name="projects",
        summary="The viewer's projects, newest first.",
        handle=music.list_projects,
        body=Nothing,
        query=Window,
        answer=ProjectList,
    ),
    Endpoint(
        path="/health",
        name="health",
        summary="Whether the process is alive.",
        handle=service.health,
        body=Nothing,
        query=Nothing,
        answer=Health,
        public=True,
    ),
    Endpoint(
        path="/version",
        name="version",
        summary="Which build is answering.",
        handle=service.version,
        body=Nothing,
        query=Nothing,
        answer=Version,
        public=True,
    ),
    Endpoint(
        path="/health/ready",
        name="ready",
        summary="Whether songs can be made.",
        handle=service.ready,
        body=Nothing,
        query=Nothing,
        answer=Readiness,
        public=True,
        status_of=service.ready_status,
    ),
)

DEVELOPMENT_TOKEN = Endpoint(
    methods=("GET", "POST"),
    path="/api/v1/dev/token",
    name="developmentToken",
    summary="A token for the development user.",
    handle=service.development_token_route,
    body=Nothing,
    query=Nothing,
    answer=Token,
    public=True,
)


def endpoints(settings: Settings) -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints that exist with these settings."""
    return (*ENDPOINTS, DEVELOPMENT_TOKEN) if development_viewer(settings) else ENDPOINTS
