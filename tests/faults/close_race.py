"""Two wishes so close to each other that either may come first."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import numpy as np

STEP_SECONDS = 0.002
"""What is added to the loser's head start, once more for each time that it has lost in a row."""


class CloseRace:
    """Gives whoever lost a head start in the next race, so that both win on any machine.

    Parameters
    ----------
    spread : float
        How much earlier or later than that head start says, in seconds, by a seeded draw.
    """

    def __init__(self, spread: float) -> None:
        self.first_won: list[bool] = []
        self._spread = spread
        self._draw = np.random.default_rng(5)
        self._lead = 0.0
        self._lost_in_a_row = 0

    async def between(self, first: Awaitable[Any], second: Awaitable[Any]) -> list[Any]:
        """Return what came of the two."""
        lead = self._lead + self._draw.uniform(-self._spread, self._spread)
        racers = [_after(max(0.0, -lead), first), _after(max(0.0, lead), second)]
        order = 1 if self._draw.random() < 0.5 else -1
        return (await asyncio.gather(*racers[::order], return_exceptions=True))[::order]

    def ended(self, *, first_won: bool) -> None:
        """Note who was quicker."""
        again = self.first_won[-1:] == [first_won]
        self._lost_in_a_row = self._lost_in_a_row + 1 if again else 1
        self._lead += STEP_SECONDS * self._lost_in_a_row * (-1 if first_won else 1)
        self.first_won.append(first_won)

    def has_had_both_ends(self) -> bool:
        return set(self.first_won) == {True, False}


async def _after(seconds: float, action: Awaitable[Any]) -> Any:
    await asyncio.sleep(seconds)
    return await action
