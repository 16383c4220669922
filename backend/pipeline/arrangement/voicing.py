"""Chord voicings that lead into each other, by dynamic programming.

The state is one spelling of the chord over a register; the cost of a step is the movement of all
voices, with parallel fifths and octaves, leaps of the top voice and muddy or wide spacing on top.
"""

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Voicing = tuple[int, ...]
Classes = tuple[int, ...]


FIFTH = 7

PERFECT = (0, FIFTH)
"""Octaves and fifths, modulo the octave: two voices that move in them sound like one."""

PARALLEL = 8.0
"""Cost of two voices that move in octaves or fifths."""

CHAIN = 60.0
"""Cost of doing so in two moves on end, more than any detour around it."""


RESTLESS = 6.0
"""Cost of a tonic chord whose top line does not rest."""


class Below(NamedTuple):
    """A line below the chords: parallels with it are kept short, as between their own voices.

    A pianist's left hand is not followed in octaves or fifths; another player, not in fifths.
    """

    pitches: tuple[int, ...]
    """One for each chord."""
    by_same_player: bool


@cache
def lead_voices(
    chords: tuple[Classes, ...], voices: int, low: int, high: int, *, rootless: bool = False,
    home: int | None = None, below: Below | None = None,
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
    home : int or None
        Pitch class of the tonic: the chord on it keeps its root, few voices play its triad, and the
        top line rests.
    below : Below or None
        What is played below the chords.
    """
    lines = below.pitches if below else (None,) * len(chords)
    steps = [step for step, _ in groupby(zip(chords, lines, strict=True))]
    chosen = [_chosen_tones(tones, voices, rootless, tones[0] == home) for tones, _ in steps]
    options = [_spellings(tones, voices, low, high) for tones in chosen]
    resting = [
        _resting_cost(spellings, low, high) + (tones[0] == home) * _unrest(spellings, tones)
        for spellings, (tones, _) in zip(options, steps, strict=True)
    ]
    parts = [
        spellings if line is None else np.insert(spellings, 0, line, axis=1)
        for spellings, (_, line) in zip(options, steps, strict=True)
    ]
    path = _best_path(parts, resting, beside=below is not None and not below.by_same_player)
    led = [tuple(spellings[n].tolist()) for spellings, n in zip(options, path, strict=True)]
    lengths = [len(list(same)) for _, same in groupby(zip(chords, lines, strict=True))]
    return tuple(voicing for voicing, count in zip(led, lengths, strict=True) for _ in range(count))


def _best_path(
    parts: Sequence[NDArray[np.int64]], resting: Sequence[NDArray[np.float64]], *,
    beside: bool,
) -> list[int]:  # fmt: skip
    """Return which spelling of each chord lies on the cheapest path.

    A spelling is a state twice over, by whether voices moved in parallel into it: that makes the
    second such move on end dear (Viterbi over pairs of state and history). Nobody knows what other
    sections play: the first and the last move are taken for such second ones.
    """
    cost = np.stack([np.full(len(resting[0]), np.inf), resting[0]])
    trail: list[NDArray[np.intp]] = []
    for number, (before, after) in enumerate(pairwise(parts), start=1):
        own = _parallels(before[:, beside:], after[:, beside:])
        parallel = (own + beside * _fifths_over(before, after)) > 0
        total = cost[:, :, None] + _moving_cost(before, after) + PARALLEL * own
        total[1 if number < len(parts) - 1 else slice(None)] += CHAIN * parallel
        stays = beside and before[0, 0] == after[0, 0]
        chained = np.stack([parallel, parallel | stays])
        into = np.stack([np.where(chained, np.inf, total), np.where(chained, total, np.inf)])
        into = into.reshape(2, -1, len(after))
        trail.append(into.argmin(axis=1))
        cost = into.min(axis=1) + resting[number]
    history, place = divmod(int(cost.argmin()), cost.shape[1])
    path = [place]
    for step, before in zip(reversed(trail), reversed(parts[:-1]), strict=True):
        history, place = divmod(int(step[history, place]), len(before))
        path.append(place)
    return path[::-1]


@cache
def _spellings(chosen: Classes, voices: int, low: int, high: int) -> NDArray[np.int64]:
    """Return all close and drop-2 voicings of some tones within the register."""
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


@cache
def _chosen_tones(tones: Classes, voices: int, rootless: bool, is_home: bool) -> Classes:
    """Choose which tones sound: thirds, sevenths and colours before fifth and root.

    At home the root stays, and few voices play the triad, but where the seventh is a blues' or the
    style's own.
    """
    root = tones[0]
    if rootless and len(tones) >= 4 and not is_home:
        inner = tones[1:]
        if len(inner) > voices:
            inner = _without_fifth(tones)[1:] or inner
        return inner[:voices]
    if len(tones) <= voices:
        return tones
    is_dominant = {(root + 4) % 12, (root + 10) % 12} <= set(tones)
    if is_home and not rootless and not is_dominant:
        return tones[:voices]
    without_fifth = _without_fifth(tones)
    return (without_fifth if len(without_fifth) >= voices else tones)[-voices:]


def _without_fifth(tones: Classes) -> Classes:
    return tuple(tone for tone in tones if (tone - tones[0]) % 12 != FIFTH)


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


def _unrest(options: NDArray[np.int64], tones: Classes) -> NDArray[np.float64]:
    """Return what it costs to stand on the tonic with another tone than root, third and fifth."""
    return np.where(np.isin(options[:, -1] % 12, tones[:3]), 0.0, RESTLESS)


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


def _fifths_over(before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many voices move and stay a fifth, octaves aside, above a lowest one.

    The lowest voice is the same in all spellings of a chord. Which way it goes does not count: a
    walking bass decides that while it plays.
    """
    moves = after[None, :, 1:] - before[:, None, 1:]
    below = after[0, 0] - before[0, 0]
    fifth = (before[:, 1:] - before[:, :1]) % 12 == FIFTH
    together = (moves != 0) & (below != 0) & ((moves - below) % 12 == 0)
    return np.asarray((fifth[:, None, :] & together).sum(axis=2))
