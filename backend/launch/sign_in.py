"""A sign-in begun at the command line."""

import asyncio

from backend.persistence import open_database
from backend.services import sign_ins
from backend.settings import Settings


def refresh_token(settings: Settings, user_id: str) -> str:
    """Begin a sign-in of a user and return its refresh token."""

    async def begin() -> str:
        async with open_database(settings.database_url) as database:
            return (await sign_ins.begin(database, settings, user_id)).refresh

    return asyncio.run(begin())
