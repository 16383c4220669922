"""What a viewer watches ends when the proof of who they are does."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from types import TracebackType
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


class BeforeExpiry:
    """Lets a block run as long as the viewer's token is good; then NotAuthenticated is raised.

    Parameters
    ----------
    viewer : Viewer
        Who watches.
    """

    __slots__ = ("_limit", "_viewer")

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._limit = asyncio.timeout(None)

    async def __aenter__(self) -> None:
        self._limit = asyncio.timeout(self._viewer.seconds_left)
        await self._limit.__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self._limit.__aexit__(kind, error, trace)
        except TimeoutError:
            raise NotAuthenticated(EXPIRED) from None
