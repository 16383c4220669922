"""How long the proof of who somebody is holds, on connections that outlive a request."""

import asyncio

from backend.auth import Viewer
from backend.auth.viewer import EXPIRED
from backend.errors import ServiceUnavailable
from backend.persistence import api_keys
from backend.services.platform import Platform

CHECK_SECONDS = 5.0
"""So long may a connection outlive the key that opened it."""
REVOKED = "The API key has been revoked."


async def until_it_ends(platform: Platform, viewer: Viewer) -> str:
    """Wait until a viewer's token has expired or their key has been revoked; say which.

    Returns
    -------
    str
        A sentence for the client.
    """
    if viewer.key_id is not None:
        await _until_revoked(platform, viewer.key_id)
        return REVOKED
    if viewer.seconds_left is None:
        await asyncio.Event().wait()
    await asyncio.sleep(viewer.seconds_left or 0)
    return EXPIRED


async def _until_revoked(platform: Platform, key_id: str) -> None:
    while True:
        if not await _opens(platform, key_id):
            return
        await asyncio.sleep(CHECK_SECONDS)


async def _opens(platform: Platform, key_id: str) -> bool:
    """Whether a key is good; while the database is away nobody is sent away."""
    try:
        async with platform.database.read() as session:
            return await api_keys.is_valid(session, key_id)
    except ServiceUnavailable:
        return True
