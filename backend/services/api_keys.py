"""Make, revoke and read API keys, and say who comes with which proof."""

import hashlib
import secrets
from collections.abc import Sequence

from structlog.contextvars import bind_contextvars

from backend.auth import Viewer
from backend.auth.credentials import viewer_of_header, viewer_of_token
from backend.errors import LimitExceeded, NotAuthenticated, NotFound
from backend.models import ApiKey, ApiKeyScope
from backend.models.base import now
from backend.persistence import api_keys as rows
from backend.persistence import users
from backend.services.platform import Platform
from backend.services.song_request import check_text

PREFIX = "amk_"
"""By this a key is told from a token, and found by those who look for leaked secrets."""
LONGEST_NAME = 120
MOST_KEYS = 20


async def create(
    platform: Platform, viewer: Viewer, name: str, scope: ApiKeyScope
) -> tuple[ApiKey, str]:
    """Make a key.

    Returns
    -------
    ApiKey, str
        Its row, and the key itself, which nobody can read again.

    Raises
    ------
    Forbidden
        If the viewer has come with a key.
    InvalidInput
        If the name is empty, too long or holds control characters.
    LimitExceeded
        If the user has too many.
    """
    viewer.require_token()
    secret = PREFIX + secrets.token_urlsafe(32)
    key = ApiKey(
        user_id=viewer.user_id,
        name=check_text(name, "name", LONGEST_NAME),
        scope=scope,
        digest=_digest(secret),
    )
    async with platform.database.write() as work:
        await users.ensure(work.session, viewer.user_id)
        if await rows.count_of_user(work.session, viewer.user_id) >= MOST_KEYS:
            raise LimitExceeded(f"A user has at most {MOST_KEYS} keys; revoke one first.")
        work.session.add(key)
    return key, secret


async def revoke(platform: Platform, viewer: Viewer, key_id: str) -> ApiKey:
    """Let a key open nothing from now on; revoking twice is the same as once.

    Raises
    ------
    Forbidden
        If the viewer has come with a key.
    NotFound
        If the viewer has no such key.
    """
    viewer.require_token()
    async with platform.database.write() as work:
        key = await rows.lock_owned(work.session, viewer.user_id, key_id)
        if key is None:
            raise NotFound("There is no such key.")
        key.revoked_at = key.revoked_at or now()
    return key


async def keys_of(platform: Platform, viewer: Viewer) -> Sequence[ApiKey]:
    """Return the viewer's keys that open something, newest first."""
    async with platform.database.read() as session:
        return await rows.of_user(session, viewer.user_id)


async def identify_header(platform: Platform, authorization: str | None) -> Viewer | None:
    """Say who comes with an ``Authorization`` header: a token or a key.

    Raises
    ------
    NotAuthenticated
        If there is a header and it proves nothing.
    """
    key = (authorization or "").strip().partition(" ")[2].strip()
    if key.startswith(PREFIX):
        return await identify(platform, key)
    viewer = viewer_of_header(platform.settings, authorization)
    if viewer is not None:
        _note(viewer)
    return viewer


async def identify(platform: Platform, proof: str) -> Viewer:
    """Say who comes with a token or a key.

    Raises
    ------
    NotAuthenticated
        If it proves nothing.
    """
    if not proof.startswith(PREFIX):
        return _note(viewer_of_token(platform.settings, proof))
    async with platform.database.read() as session:
        key = await rows.valid(session, _digest(proof))
    if key is None:
        raise NotAuthenticated("The API key is not valid, or has been revoked.")
    return _note(Viewer(key.user_id, key_scope=key.scope.value, key_id=key.id))


def _note(viewer: Viewer) -> Viewer:
    """Let every line of the log that follows in this request or connection name the user."""
    bind_contextvars(user_id=viewer.user_id)
    return viewer


def _digest(secret: str) -> str:
    """Return what is kept of a key; its 256 random bits need no salt."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
