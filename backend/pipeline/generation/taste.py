"""What makes one theme better than another: the windows of real melodies, and a shape.

The windows are what POP909 and fiddle tunes measure (steps, repetitions, leaps and how they turn
back); the shape is what listeners remember: one height that comes late, and rhythms that return
(Huron 2006).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.generation.themes import Sung, Themer
from backend.pipeline.styles import style
from backend.pipeline.theory.metre import strength

STRONG = 0.8
"""Strength of a strong beat: one and three of 4/4."""

Window = tuple[float, float, float]
"""Least, most, and the cost of a unit outside."""

WINDOWS: dict[str, Window] = {
    "steps": (0.38, 0.57, 6.0),
    "repeats": (0.12, 0.32, 6.0),
    "large_leaps": (0.0, 0.03, 10.0),
    "turns": (0.75, 1.0, 3.0),
    "strong_tones": (0.7, 0.87, 8.0),
    "range": (7.0, 14.0, 0.25),
    "rests": (0.06, 0.18, 8.0),
    "rhythms": (0.3, 0.9, 1.5),
    "climax": (0.2, 0.95, 1.5),
    "heights": (1.0, 3.0, 0.3),
    "bar_repeats": (0.2, 0.45, 5.0),
}


RIFFS: Window = (0.25, 0.75, 2.0)
"""The share of bars that come again in styles of riffs."""


def cost(theme: Sequence[Sung], themer: Themer) -> float:
    """Return how far a theme lies outside the windows, weighted; 0 is inside all of them."""
    if len(theme) < 4:
        return 10.0
    windows = {**WINDOWS, "notes_per_bar": _density(themer)}
    if "riff" in style(themer.plan.genre).melody.phrases:
        windows["bar_repeats"] = RIFFS
    total = 0.0
    for name, value in measured(theme, themer).items():
        least, most, price = windows[name]
        total += price * max(0.0, least - value, value - most)
    return total


def _density(themer: Themer) -> Window:
    """Return the notes per 4/4 bar that the style wants: its lively half, four where it can."""
    low, high = style(themer.plan.genre).melody.density
    return min(4.3, max(low, 0.8 * high)), high, 0.8


def measured(theme: Sequence[Sung], themer: Themer) -> dict[str, float]:
    """Return what the windows are about, for one theme."""
    pitches = np.array([note.pitch for note in theme])
    bar, beats = themer.plan.metre.bar_beats, themer.section.bars * themer.plan.metre.bar_beats
    strong = [
        note.pitch % 12 in themer.chord_at(max(note.at, 0.0)).tones
        for note in theme
        if strength(themer.plan.metre, round(note.at % bar, 6)) >= STRONG
    ]
    return {
        **_moves(np.diff(pitches)),
        "strong_tones": float(np.mean(strong)) if strong else 0.8,
        "range": float(np.ptp(pitches)),
        "notes_per_bar": 4 * len(theme) / beats,
        "rests": 1 - sum(note.length for note in theme) / beats,
        "rhythms": _returning(theme, bar, pitched=False),
        "bar_repeats": _returning(theme, bar, pitched=True),
        "climax": int(pitches.argmax()) / len(pitches),
        "heights": float((pitches == pitches.max()).sum()) / max(1.0, beats / bar / 8),
    }


def _moves(moves: NDArray[np.int64]) -> dict[str, float]:
    size = np.abs(moves)
    leaps = np.flatnonzero(size[:-1] >= 5)
    turned = moves[leaps] * moves[leaps + 1] <= 0
    return {
        "steps": float(((size > 0) & (size <= 2)).mean()),
        "repeats": float((size == 0).mean()),
        "large_leaps": float((size >= 8).mean()),
        "turns": float(turned.mean()) if len(leaps) else 1.0,
    }


def _returning(theme: Sequence[Sung], bar: float, *, pitched: bool) -> float:
    """Return the share of bars whose rhythm, with its pitches or without, came before."""
    bars: dict[int, list[tuple[float, int]]] = {}
    for note in theme:
        place = round(note.at % bar, 3), note.pitch if pitched else 0
        bars.setdefault(int(note.at // bar), []).append(place)
    return 1 - len({tuple(places) for places in bars.values()}) / len(bars)
