"""Signed tokens (JWT, RFC 7519) with one pinned algorithm, for access and to refresh it.

The algorithm is never read from the token and the key is only ever used for HMAC, so neither
``alg: none`` nor key confusion has anything to hold on to (RFC 8725 §3.1).

Keys can be changed without signing anybody out: a token names the key that signed it (``kid``), and
the previous keys still verify. What a token is good for stands in it (``use``): a refresh token
opens nothing, and an access token refreshes nothing. Tokens that do not say so are for access.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import jwt

from backend.auth.viewer import EXPIRED, Viewer
from backend.errors import NotAuthenticated

ALGORITHM = "HS256"
ACCESS, REFRESH = "access", "refresh"
INVALID = "The token is not valid. Sign in again."
LONGEST_TOKEN = 4096
"""Characters; nothing longer is parsed."""
LONGEST_USER_ID = 128
"""Characters; the width of the users table."""


def issue(secret: str, user_id: str, ttl_seconds: int) -> str:
    """Sign a token for a user.

    Parameters
    ----------
    secret : str
        The signing key.
    user_id : str
        Becomes the subject (``sub``).
    ttl_seconds : int
        How long the token is good for.

    Returns
    -------
    str
        The token in its compact form.
    """
    return _sign(secret, {"sub": user_id, "use": ACCESS}, ttl_seconds)


class RefreshClaims(NamedTuple):
    """What a refresh token says."""

    user_id: str
    sign_in_id: str
    """The sign-in that it prolongs."""
    token_id: str
    """Which of its tokens this is; each is good once."""


def issue_refresh(secret: str, claims: RefreshClaims, ttl_seconds: int) -> str:
    """Sign a refresh token."""
    user_id, sign_in_id, token_id = claims
    content = {"sub": user_id, "use": REFRESH, "sid": sign_in_id, "jti": token_id}
    return _sign(secret, content, ttl_seconds)


def _sign(secret: str, claims: dict[str, Any], ttl_seconds: int) -> str:
    now = datetime.now(UTC)
    times = {"iat": now, "exp": now + timedelta(seconds=ttl_seconds)}
    headers = {"kid": key_id(secret)}
    return jwt.encode({**claims, **times}, secret, algorithm=ALGORITHM, headers=headers)


def key_id(secret: str) -> str:
    """Return the name of a key; it tells nothing about the key."""
    return hashlib.sha256(b"key id of " + secret.encode()).hexdigest()[:12]


def verify(secret: str, token: str, previous: Sequence[str] = ()) -> Viewer:
    """Read an access token.

    Parameters
    ----------
    secret : str
        The signing key.
    previous : sequence of str
        Keys that signed before and are still good.
    token : str
        The compact form.

    Returns
    -------
    Viewer
        The user that the token names.

    Raises
    ------
    NotAuthenticated
        If the token is malformed, wrongly signed, expired, without expiry or without a user, or
        if it is none for access.
    """
    claims, expires_at = _claims(secret, token, previous)
    if claims.get("use", ACCESS) != ACCESS:
        raise NotAuthenticated(INVALID)
    return Viewer(_user_id(claims["sub"]), expires_at)


def verify_refresh(secret: str, token: str, previous: Sequence[str] = ()) -> RefreshClaims:
    """Read a refresh token.

    Raises
    ------
    NotAuthenticated
        If it is none, or not valid any more.
    """
    claims, _ = _claims(secret, token, previous)
    sign_in_id, token_id = claims.get("sid"), claims.get("jti")
    if claims.get("use") != REFRESH or not isinstance(sign_in_id, str) or not token_id:
        raise NotAuthenticated(INVALID)
    return RefreshClaims(_user_id(claims["sub"]), sign_in_id, token_id)


def _claims(secret: str, token: str, previous: Sequence[str]) -> tuple[dict[str, Any], datetime]:
    """Return what a token says and until when it is good."""
    if len(token) > LONGEST_TOKEN:
        raise NotAuthenticated(INVALID)
    try:
        claims = jwt.decode(
            token,
            _key(secret, token, previous),
            algorithms=[ALGORITHM],
            options={"require": ["exp", "sub"]},
        )
        return claims, datetime.fromtimestamp(claims["exp"], UTC)
    except jwt.ExpiredSignatureError:
        raise NotAuthenticated(EXPIRED) from None
    except (jwt.InvalidTokenError, ValueError, OverflowError, OSError):
        raise NotAuthenticated(INVALID) from None


def _key(secret: str, token: str, previous: Sequence[str]) -> str:
    """Return the key that a token names; the present one if it names none of ours."""
    if not previous:
        return secret
    wanted = jwt.get_unverified_header(token).get("kid")
    return next((key for key in previous if key_id(key) == wanted), secret)


def _user_id(subject: str) -> str:
    """Return the subject if it can be a user's id."""
    if not 0 < len(subject) <= LONGEST_USER_ID or not subject.isprintable():
        raise NotAuthenticated("The token names no user. Sign in again.")
    return subject
