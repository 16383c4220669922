"""From what a request carries to the viewer, in one place for every edge."""

from functools import lru_cache

from backend.auth.tokens import issue, verify
from backend.auth.viewer import Viewer
from backend.errors import NotAuthenticated
from backend.settings import Settings

DEVELOPMENT_VIEWER = Viewer(user_id="dev-user")
DEVELOPMENT_TOKEN_SECONDS = 3600
REMEMBERED = 1024
"""Tokens whose signature has been checked already."""


def viewer_of_header(settings: Settings, authorization: str | None) -> Viewer | None:
    """Read an ``Authorization`` header.

    Parameters
    ----------
    settings : Settings
        Holds the signing key.
    authorization : str or None
        The header's value.

    Returns
    -------
    Viewer or None
        None when there is no header: an anonymous request.

    Raises
    ------
    NotAuthenticated
        If there is a header and it holds no valid bearer token (RFC 6750 §2.1).
    """
    if not authorization:
        return None
    scheme, _, token = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotAuthenticated('The Authorization header must read "Bearer <token>".')
    return viewer_of_token(settings, token.strip())


def viewer_of_token(settings: Settings, token: str) -> Viewer:
    """Read a token.

    Raises
    ------
    NotAuthenticated
        If it is not valid, or no longer.
    """
    viewer = _verified(settings.secret_key, settings.previous_secret_keys, token)
    viewer.require_unexpired()
    return viewer


@lru_cache(maxsize=REMEMBERED)
def _verified(secret: str, previous: tuple[str, ...], token: str) -> Viewer:
    """Verify a token once; only good ones are remembered, and their expiry is looked at again."""
    return verify(secret, token, previous)


def development_viewer(settings: Settings) -> Viewer | None:
    """Return the viewer that development lets in without a token, or None.

    Parameters
    ----------
    settings : Settings
        Only ``FAST_DEV`` outside production opens this door.
    """
    open_door = settings.fast_dev and not settings.is_production
    return DEVELOPMENT_VIEWER if open_door else None


def development_token(settings: Settings) -> str:
    """Sign a token for the development viewer.

    Raises
    ------
    NotAuthenticated
        If this process hands out none.
    """
    viewer = development_viewer(settings)
    if viewer is None:
        raise NotAuthenticated("This server hands out no development tokens.")
    return issue(settings.secret_key, viewer.user_id, DEVELOPMENT_TOKEN_SECONDS)
