"""Chord voicings that lead into each other, by dynamic programming.

The state is one spelling of the chord over a register; the cost of a step is the movement of all
voices, with parallel fifths and octaves, leaps of the top voice and muddy or wide spacing on top.
"""

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

Voicing = tuple[int, ...]
Classes = tuple[int, ...]


PERFECT = (0, 7)
"""Octaves and fifths, modulo the octave: two voices that move in them sound like one."""

PARALLEL = 8.0
"""Cost of two voices that move in octaves or fifths."""

CHAIN = 60.0
"""Cost of doing so in two moves on end, more than any detour around it."""


@cache
def lead_voices(
    chords: tuple[Classes, ...], voices: int, low: int, high: int, *, rootless: bool = False,
    under: tuple[int, ...] = (),
) -> tuple[Voicing, ...]:  # fmt: skip
    """Return one voicing per chord, low to high.

    Parameters
    ----------
    chords : tuple of tuple of int
        Pitch classes of each chord, root first.
    voices : int
        Notes per chord.
    low, high : int
        MIDI pitches that bound the register.
    rootless : bool
        Chords of four and more tones leave their root to the bass.
    under : tuple of int
        Pitches that the same player has below each chord, not to be followed in parallel.
    """
    lines = under or (None,) * len(chords)
    steps = [step for step, _ in groupby(zip(chords, lines, strict=True))]
    options = [_spellings(tones, voices, low, high, rootless) for tones, _ in steps]
    resting = [_resting_cost(spellings, low, high) for spellings in options]
    parts = [
        spellings if line is None else np.insert(spellings, 0, line, axis=1)
        for spellings, (_, line) in zip(options, steps, strict=True)
    ]
    chosen = iter(_best_path(parts, resting))
    led = [tuple(spellings[next(chosen)].tolist()) for spellings in options]
    lengths = [len(list(same)) for _, same in groupby(zip(chords, lines, strict=True))]
    return tuple(voicing for voicing, count in zip(led, lengths, strict=True) for _ in range(count))


def _best_path(
    parts: Sequence[NDArray[np.int64]], resting: Sequence[NDArray[np.float64]]
) -> list[int]:
    """Return which spelling of each chord lies on the cheapest path.

    A spelling is a state twice over, by whether voices moved in parallel into it: that makes the
    second such move on end dear (Viterbi over pairs of state and history).
    """
    cost = np.stack([resting[0], np.full(len(resting[0]), np.inf)])
    trail: list[NDArray[np.intp]] = []
    for (before, after), rest in zip(pairwise(parts), resting[1:], strict=True):
        parallel = _parallels(before, after)
        total = cost[:, :, None] + _moving_cost(before, after) + PARALLEL * parallel
        total[1] += CHAIN * (parallel > 0)
        into = np.stack([np.where(parallel > 0, np.inf, total),
                         np.where(parallel > 0, total, np.inf)])  # fmt: skip
        into = into.reshape(2, -1, len(rest))
        trail.append(into.argmin(axis=1))
        cost = into.min(axis=1) + rest
    history, place = divmod(int(cost.argmin()), cost.shape[1])
    path = [place]
    for step, before in zip(reversed(trail), reversed(parts[:-1]), strict=True):
        history, place = divmod(int(step[history, place]), len(before))
        path.append(place)
    return path[::-1]


@cache
def _spellings(
    tones: Classes, voices: int, low: int, high: int, rootless: bool
) -> NDArray[np.int64]:
    """Return all close and drop-2 voicings of a chord within the register."""
    chosen = _chosen_tones(tones, voices, rootless)
    found: set[Voicing] = set()
    for bottom in range(low, high + 1):
        if bottom % 12 not in chosen:
            continue
        close = [bottom]
        order = sorted(chosen, key=lambda tone: (tone - bottom) % 12)
        position = 1
        while len(close) < voices:
            tone = order[position % len(order)]
            gap = (tone - close[-1]) % 12 or 12
            close.append(close[-1] + gap)
            position += 1
        for voicing in (tuple(close), _dropped(close)):
            if voicing[0] >= low and voicing[-1] <= high:
                found.add(voicing)
    if not found:
        middle = (low + high) // 2
        stack = sorted(middle + (tone - middle) % 12 - 6 for tone in chosen)
        found.add(tuple((stack * voices)[:voices]))
    return np.array(sorted(found), dtype=np.int64)


def _chosen_tones(tones: Classes, voices: int, rootless: bool) -> list[int]:
    """Choose which tones sound: thirds, sevenths and colours before fifth and root."""
    root = tones[0]
    if rootless and len(tones) >= 4:
        inner = list(tones[1:])
        if len(inner) > voices:
            inner = [tone for tone in inner if (tone - root) % 12 != 7] or inner
        return inner[:voices]
    if len(tones) <= voices:
        return list(tones)
    without_fifth = [tone for tone in tones if (tone - root) % 12 != 7]
    return (without_fifth if len(without_fifth) >= voices else list(tones))[-voices:]


def _dropped(close: list[int]) -> Voicing:
    """Drop the second voice from the top by an octave."""
    if len(close) < 3:
        return tuple(close)
    return tuple(sorted([*close[:-2], close[-2] - 12, close[-1]]))


def _resting_cost(options: NDArray[np.int64], low: int, high: int) -> NDArray[np.float64]:
    centre = (low + high) / 2
    cost = 0.12 * np.abs(options.mean(axis=1) - centre)
    gaps = np.diff(options, axis=1)
    mud = ((gaps < 3) & (options[:, :-1] < 52)).sum(axis=1)
    wide = (gaps > 12).sum(axis=1)
    return np.asarray(cost + 1.5 * mud + 2.0 * wide)


def _moving_cost(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float64]:
    moves = after[None, :, :] - before[:, None, :]
    cost: NDArray[np.float64] = np.abs(moves).sum(axis=2).astype(np.float64)
    cost += 0.5 * np.maximum(0, np.abs(moves[:, :, -1]) - 4)
    return cost


def _parallels(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many pairs of voices move in octaves or fifths, from each spelling to each."""
    moves = after[None, :, :] - before[:, None, :]
    lower, upper = np.triu_indices(before.shape[1], 1)
    perfect = np.isin((before[:, upper] - before[:, lower]) % 12, PERFECT)
    together = (moves[:, :, lower] == moves[:, :, upper]) & (moves[:, :, upper] != 0)
    return np.asarray((perfect[:, None, :] & together).sum(axis=2))
