"""Rhythm from cells: what may happen within one pulse."""

from dataclasses import dataclass

import numpy as np

from backend.pipeline.artifacts import Metre
from backend.pipeline.theory.metre import Pulse, group_starts, pulses

SIMPLE_CELLS: dict[tuple[float, ...], float] = {
    (): 1.0, (0.0,): 3.0, (0.5,): 1.6, (0.0, 0.5): 4.0, (0.0, 0.75): 0.9, (0.5, 0.75): 0.6,
    (0.0, 0.25, 0.5): 0.7, (0.0, 0.5, 0.75): 1.0, (0.0, 0.25, 0.75): 0.5, (0.25, 0.5): 0.2,
    (0.0, 0.25, 0.5, 0.75): 0.8,
}  # fmt: skip
"""Onsets within a quarter and how usual they are."""

TRIPLET_CELLS: dict[tuple[float, ...], float] = {
    (): 1.0, (0.0,): 3.0, (0.5,): 2.2, (0.0, 0.5): 5.0, (0.0, 1 / 3, 2 / 3): 5.0,
}  # fmt: skip
"""Cells of swung eighths; an offbeat is written straight and swung in performance."""

COMPOUND_CELLS: dict[tuple[float, ...], float] = {
    (): 1.0, (0.0,): 3.0, (0.0, 1.0): 3.0, (0.0, 0.5, 1.0): 3.0, (0.0, 0.5): 0.8, (1.0,): 0.9,
    (0.5, 1.0): 0.7, (0.0, 0.75, 1.0): 0.4,
}  # fmt: skip
"""Onsets within a dotted quarter."""


UNMARKED = 0.25
"""How usual it is, in odd metres, that a group begins without an onset."""


@dataclass(frozen=True, slots=True)
class Onset:
    """A place for a note, in quarter notes from the start of its unit."""

    at: float
    length: float

    @property
    def end(self) -> float:
        """Where the note is released."""
        return self.at + self.length


@dataclass(frozen=True, slots=True)
class Feel:
    """What steers the rhythm of a section."""

    metre: Metre
    density: float
    """Onsets per 4/4 bar; other bars in proportion."""
    offbeat: float
    """Share of onsets off the beat."""
    swings_eighths: bool
    fast: float
    """0 to 1: how unwelcome sixteenths are, and triplets half as much."""


def bar_cells(feel: Feel, rng: np.random.Generator) -> tuple[tuple[float, ...], ...]:
    """Draw one cell for each pulse of a bar."""
    return tuple(_cell(pulse, feel, rng) for pulse in pulses(feel.metre))


def _cell(pulse: Pulse, feel: Feel, rng: np.random.Generator) -> tuple[float, ...]:
    if pulse.is_compound:
        cells = COMPOUND_CELLS
    else:
        cells = TRIPLET_CELLS if feel.swings_eighths else SIMPLE_CELLS
    rate = feel.density / 4 * pulse.length
    names = list(cells)
    weights = np.array([_weight(name, cells[name], rate, pulse, feel) for name in names])
    return names[int(rng.choice(len(names), p=weights / weights.sum()))]


def _weight(cell: tuple[float, ...], usual: float, rate: float, pulse: Pulse, feel: Feel) -> float:
    off = sum(place > 0 for place in cell)
    weight = usual * float(np.exp(-((len(cell) - rate) ** 2) / 0.7))
    weight *= (0.35 + 1.5 * feel.offbeat) ** off
    if cell and cell[0] > 0 and pulse.start == 0:
        weight *= 0.4 + feel.offbeat
    if feel.metre.grouping and pulse.start in group_starts(feel.metre) and 0.0 not in cell:
        weight *= UNMARKED
    if any(abs(place * 2 - round(place * 2)) > 1e-6 for place in cell):
        weight *= 1 - (0.5 if feel.swings_eighths else 0.95) * feel.fast
    return weight


def onsets(cells: tuple[tuple[tuple[float, ...], ...], ...], metre: Metre) -> list[float]:
    """Return the onsets of bars of cells, in quarter notes from the first bar."""
    return [
        number * metre.bar_beats + pulse.start + place
        for number, bar in enumerate(cells)
        for pulse, cell in zip(pulses(metre), bar, strict=True)
        for place in cell
    ]
