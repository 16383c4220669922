"""Sign-ins: a short access token, and a refresh token that is good for the next pair.

A refresh token is good once (rotation, RFC 9700 §4.14.2). When one comes again, somebody has copied
it: the whole sign-in ends, for the thief and for the owner, who signs in again. Two windows of one
browser may send the same one within ``LEEWAY_SECONDS``; both get the same successor.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from backend.auth.tokens import RefreshClaims, issue, issue_refresh, verify_refresh
from backend.errors import NotAuthenticated
from backend.models.base import new_id, now
from backend.models.sign_in import SignIn
from backend.persistence import Database, users
from backend.persistence import sign_ins as rows
from backend.services.platform import Platform
from backend.settings import Settings

log = structlog.get_logger(__name__)

LEEWAY_SECONDS = 10
ENDED = "This sign-in has ended. Sign in again."


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client keeps.

    Parameters
    ----------
    user_id : str
        Whose they are.
    access, refresh : str
        The tokens.
    access_seconds : int
        How long the access token is good.
    """

    user_id: str
    access: str
    refresh: str
    access_seconds: int


async def begin(database: Database, settings: Settings, user_id: str) -> Tokens:
    """Begin a sign-in of somebody who has proved who they are."""
    sign_in = SignIn(user_id=user_id, expires_at=_expiry(settings))
    async with database.write() as work:
        await users.ensure(work.session, user_id)
        await rows.remove_expired(work.session, user_id, now())
        work.session.add(sign_in)
    return _tokens(settings, sign_in)


async def refresh(platform: Platform, token: str) -> Tokens:
    """Return the next pair of tokens.

    Raises
    ------
    NotAuthenticated
        If the token is not valid, or has been used before; then its sign-in has ended.
    """
    claims = _read(platform, token)
    async with platform.database.write() as work:
        sign_in = await rows.lock(work.session, claims.user_id, claims.sign_in_id)
        if sign_in is None or sign_in.ended_at is not None:
            raise NotAuthenticated(ENDED)
        stolen = not _may_continue(sign_in, claims.token_id)
        if stolen:
            log.warning("refresh token used again", user_id=claims.user_id, sign_in=sign_in.id)
            sign_in.ended_at = now()
        elif claims.token_id == sign_in.token_id:
            sign_in.previous_token_id, sign_in.token_id = sign_in.token_id, new_id()
            sign_in.rotated_at, sign_in.expires_at = now(), _expiry(platform.settings)
    if stolen:
        raise NotAuthenticated(ENDED)
    return _tokens(platform.settings, sign_in)


async def end(platform: Platform, token: str) -> None:
    """End a sign-in; ending twice is the same as once.

    Raises
    ------
    NotAuthenticated
        If the token is not valid.
    """
    claims = _read(platform, token)
    async with platform.database.write() as work:
        sign_in = await rows.lock(work.session, claims.user_id, claims.sign_in_id)
        if sign_in is not None:
            sign_in.ended_at = sign_in.ended_at or now()


def _may_continue(sign_in: SignIn, token_id: str) -> bool:
    """Whether a token is the last one, or was so a moment ago."""
    if token_id == sign_in.token_id:
        return True
    recent = now() - sign_in.rotated_at < timedelta(seconds=LEEWAY_SECONDS)
    return recent and token_id == sign_in.previous_token_id


def _read(platform: Platform, token: str) -> RefreshClaims:
    settings = platform.settings
    return verify_refresh(settings.secret_key, token, settings.previous_secret_keys)


def _tokens(settings: Settings, sign_in: SignIn) -> Tokens:
    claims = RefreshClaims(sign_in.user_id, sign_in.id, sign_in.token_id)
    seconds = settings.access_token_seconds
    return Tokens(
        sign_in.user_id,
        issue(settings.secret_key, sign_in.user_id, seconds),
        issue_refresh(settings.secret_key, claims, settings.refresh_token_days * 86_400),
        seconds,
    )


def _expiry(settings: Settings) -> datetime:
    return now() + timedelta(days=settings.refresh_token_days)
