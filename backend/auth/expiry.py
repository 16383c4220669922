"""What a viewer watches ends when the proof of who they are does."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from backend.auth.viewer import EXPIRED, Viewer
from backend.errors import NotAuthenticated

T = TypeVar("T")


async def until_expiry(viewer: Viewer, items: AsyncIterator[T]) -> AsyncGenerator[T, None]:
    """Pass items on as long as the viewer's token is good.

    Parameters
    ----------
    viewer : Viewer
        Who watches.
    items : async iterator
        What is watched; closed in the end.

    Raises
    ------
    NotAuthenticated
        When the token expires.
    """
    try:
        while True:
            async with asyncio.timeout(viewer.seconds_left):
                item = await anext(items)
            yield item
    except StopAsyncIteration:
        return
    except TimeoutError:
        raise NotAuthenticated(EXPIRED) from None
    finally:
        if isinstance(items, AsyncGenerator):
            await items.aclose()


@asynccontextmanager
async def before_expiry(viewer: Viewer) -> AsyncIterator[None]:
    """Let a block run as long as the viewer's token is good.

    Raises
    ------
    NotAuthenticated
        When the token expires.
    """
    try:
        async with asyncio.timeout(viewer.seconds_left) as limit:
            yield
    except TimeoutError:
        if limit.expired():
            raise NotAuthenticated(EXPIRED) from None
        raise
