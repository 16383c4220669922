"""Signed access tokens (JWT, RFC 7519) with one pinned algorithm.

The algorithm is never read from the token and the key is only ever used for HMAC, so neither
``alg: none`` nor key confusion has anything to hold on to (RFC 8725 §3.1).

Keys can be changed without signing anybody out: a token names the key that signed it (``kid``), and
the previous keys still verify.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import jwt

from backend.auth.viewer import Viewer
from backend.errors import NotAuthenticated

ALGORITHM = "HS256"
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
    now = datetime.now(UTC)
    claims = {"sub": user_id, "iat": now, "exp": now + timedelta(seconds=ttl_seconds)}
    return jwt.encode(claims, secret, algorithm=ALGORITHM, headers={"kid": key_id(secret)})


def key_id(secret: str) -> str:
    """Return the name of a key; it tells nothing about the key."""
    return hashlib.sha256(b"key id of " + secret.encode()).hexdigest()[:12]


def verify(secret: str, token: str, previous: Sequence[str] = ()) -> Viewer:
    """Read a token.

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
        If the token is malformed, wrongly signed, expired, without expiry or without a user.
    """
    if len(token) > LONGEST_TOKEN:
        raise NotAuthenticated("The token is not valid. Sign in again.")
    try:
        claims = jwt.decode(
            token,
            _key(secret, token, previous),
            algorithms=[ALGORITHM],
            options={"require": ["exp", "sub"]},
        )
        expires_at = datetime.fromtimestamp(claims["exp"], UTC)
    except jwt.ExpiredSignatureError:
        raise NotAuthenticated("The token has expired. Sign in again.") from None
    except (jwt.InvalidTokenError, ValueError, OverflowError, OSError):
        raise NotAuthenticated("The token is not valid. Sign in again.") from None
    return Viewer(_user_id(claims["sub"]), expires_at)


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
