"""The routes about the service itself."""

import time

from pydantic import BaseModel

from backend.auth.credentials import (
    DEVELOPMENT_TOKEN_SECONDS,
    DEVELOPMENT_VIEWER,
    development_token,
)
from backend.compat.answers import Checks, Health, Readiness, Token, Version
from backend.compat.asked import Nothing
from backend.compat.endpoint import Call
from backend.observability.version import RELEASE, this_build
from backend.services import sign_ins
from backend.services.health import readiness

STARTED = time.monotonic()


async def health(_call: Call[Nothing, Nothing]) -> Health:
    """Say that the process is alive; touches nothing."""
    return Health(version=RELEASE, uptime_seconds=round(time.monotonic() - STARTED, 3))


async def version(_call: Call[Nothing, Nothing]) -> Version:
    """Say which build is answering."""
    build = this_build()
    return Version(release=build.release, commit=build.commit, built_at=build.built_at)


async def ready(call: Call[Nothing, Nothing]) -> Readiness:
    """Say whether songs can be made."""
    checks = Checks(**await readiness(call.platform))
    good = all(checks.model_dump().values())
    return Readiness(status="ready" if good else "unavailable", checks=checks)


def ready_status(answer: BaseModel | None) -> int:
    """Return 503 while songs cannot be made."""
    return 200 if isinstance(answer, Readiness) and answer.status == "ready" else 503


async def development_token_route(call: Call[Nothing, Nothing]) -> Token:
    """Hand out a token for the development user, and one to get the next."""
    platform, user_id = call.platform, DEVELOPMENT_VIEWER.user_id
    tokens = await sign_ins.begin(platform.database, platform.settings, user_id)
    return Token(
        token=development_token(call.platform.settings),
        expires_in=DEVELOPMENT_TOKEN_SECONDS,
        user_id=user_id,
        refresh_token=tokens.refresh,
    )
