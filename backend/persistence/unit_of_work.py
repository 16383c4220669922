"""One transaction; the only commit of the product."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from backend.cancelling import raise_if_cancelled

logger = logging.getLogger(__name__)

Hook = Callable[[], Awaitable[object]]


class UnitOfWork:
    """A session whose changes become visible together, and what follows once they are.

    Parameters
    ----------
    session : AsyncSession
        The open transaction; handed to the query functions of ``backend.persistence``.
    """

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self._hooks: list[Hook] = []

    def after_commit(self, hook: Hook) -> None:
        """Run ``hook`` once the transaction is durable; never when it is rolled back.

        What a hook does must be repairable from the database: when it fails, that is logged and the
        caller does not notice.
        """
        self._hooks.append(hook)

    async def run_hooks(self) -> None:
        """Run the hooks in the order in which they came."""
        for hook in self._hooks:
            try:
                await hook()
            except Exception:
                raise_if_cancelled()
                logger.warning("a step after the commit failed; it will be repaired", exc_info=True)


@asynccontextmanager
async def unit_of_work(session: AsyncSession) -> AsyncIterator[UnitOfWork]:
    """Commit when the block ends, roll back when it raises, then run the hooks."""
    work = UnitOfWork(session)
    async with session:
        try:
            yield work
            await session.commit()
        except BaseException:
            with suppress(SQLAlchemyError, OSError):
                await session.rollback()
            raise
    await work.run_hooks()
