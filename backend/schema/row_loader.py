"""Rows that several fields wait for."""

import asyncio
from collections.abc import Awaitable, Hashable
from typing import TypeVar

from strawberry.dataloader import DataLoader

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class RowLoader(DataLoader[K, T]):
    """A loader of which no field takes away what another one waits for.

    When a field fails, graphql-core cancels those beside it. The plain loader lets such a
    cancellation through to the row itself, and with it to every other field that wants the row.
    """

    def load(self, key: K) -> Awaitable[T]:
        """Return what can be awaited, and given up, for itself."""
        return asyncio.shield(super().load(key))
