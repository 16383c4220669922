"""Chord voicings that lead into each other, by dynamic programming.

The state is one spelling of the chord over a register; the cost of a step is the movement of all
voices, with parallel fifths and octaves, leaps of the top voice and muddy or wide spacing on top.
"""

from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Voicing = tuple[int, ...]
Classes = tuple[int, ...]


@cache
def lead_voices(
    chords: tuple[Classes, ...], voices: int, low: int, high: int, *, rootless: bool = False
) -> tuple[Voicing, ...]:
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
    """
    options = [_spellings(tones, voices, low, high, rootless) for tones in chords]
    cost = _resting_cost(options[0], low, high)
    trail: list[NDArray[np.intp]] = []
    for before, after in pairwise(options):
        total = cost[:, None] + _moving_cost(before, after)
        trail.append(total.argmin(axis=0))
        cost = total.min(axis=0) + _resting_cost(after, low, high)
    place = int(cost.argmin())
    path = [place]
    for step in reversed(trail):
        place = int(step[place])
        path.append(place)
    return tuple(
        tuple(int(pitch) for pitch in options[number][place])
        for number, place in enumerate(reversed(path))
    )


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
    voices = before.shape[1]
    for lower in range(voices):
        for upper in range(lower + 1, voices):
            gap_before = (before[:, upper] - before[:, lower]) % 12
            gap_after = (after[:, upper] - after[:, lower]) % 12
            perfect = np.isin(gap_before, (0, 7))[:, None] & (
                gap_before[:, None] == gap_after[None, :]
            )
            moved = (moves[:, :, upper] != 0) & (moves[:, :, lower] == moves[:, :, upper])
            cost += 8.0 * (perfect & moved)
    return cost
