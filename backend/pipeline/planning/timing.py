"""Tempo, number of bars and tail, so that the song lasts as long as it should."""

from dataclasses import dataclass

import numpy as np

from backend.pipeline.artifacts import Metre, TempoPoint
from backend.pipeline.planning.brief import Brief
from backend.pipeline.planning.understanding.wishes import LENGTH_RANGE
from backend.pipeline.theory.metre import pulses
from backend.pipeline.theory.tempo_map import TempoMap

USUAL_SECONDS = (95.0, 185.0)
"""Where songs of open length end up."""

RITARDANDO = (0.94, 0.86, 0.76, 0.66)
"""Tempo in quarters of the last two bars."""

LONG_CHANGE = {"accelerando": 1.18, "ritardando": 0.84}
"""Tempo at the end against the beginning, where a change along the whole song was asked for."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How fast and how long."""

    tempo_bpm: float
    bars: int
    duration_seconds: float
    points: tuple[TempoPoint, ...]


def usual_tempo(brief: Brief, rng: np.random.Generator) -> float:
    """Return the tempo of a song whose tempo is open: by style, arousal and chance."""
    if brief.tempo_bpm is not None:
        return brief.tempo_bpm
    low, high = brief.tempo_range
    typical = min(high, max(low, brief.style.tempo[1]))
    lean = (brief.energy - 0.5) * 1.2 + rng.normal(0, 0.25)
    tempo = typical + lean * ((high - typical) if lean > 0 else (typical - low))
    return float(round(min(high, max(low, tempo))))


def settle(brief: Brief, metre: Metre, tempo: float, natural_bars: int, ending: str) -> Timing:
    """Choose tempo and bars.

    With a length asked, the duration is exactly that; what whole bars leave over goes to the
    ritardando and the tail. With a free tempo, whole beats per minute near ``tempo`` are searched
    for one that leaves a natural tail.
    """
    tail, change = usual_tail(brief), brief.form.tempo_change
    asked = brief.duration_seconds
    if asked is None:
        bars = brief.form.bars or _usual_bars(natural_bars, tempo, metre, fixed=brief)
        bars = _within_the_longest(bars, brief, metre, tempo, ending)
        points = tempo_points(tempo, bars, metre, ending, change)
        length = music_seconds(points, tempo, bars, metre) + tail
        return Timing(tempo, bars, round(length, 2), points)
    if brief.tempo_bpm is None:
        tempo = _tempo_for_length(brief, metre, tempo, asked, ending)
    bars = _bars_for_length(brief, metre, tempo, asked, ending)
    return Timing(tempo, bars, asked, tempo_points(tempo, bars, metre, ending, change))


def usual_tail(brief: Brief) -> float:
    """Return the seconds that a last chord rings in the style."""
    if brief.form.is_loop:
        return 0.5
    tails = {"ambient": 5.0, "classical": 3.5, "cinematic": 4.5, "ballad": 3.5, "waltz": 3.0}
    return tails.get(brief.style.id, 2.5)


def _usual_bars(natural: int, tempo: float, metre: Metre, *, fixed: Brief) -> int:
    if fixed.form.sections:
        return natural
    bar_seconds = metre.bar_beats * 60 / tempo
    low, high = (round(seconds / bar_seconds / 4) * 4 for seconds in USUAL_SECONDS)
    return int(min(max(natural, low), max(high, 8)))


def _within_the_longest(bars: int, brief: Brief, metre: Metre, tempo: float, ending: str) -> int:
    """Return the bars that the longest song has room for."""
    room = LENGTH_RANGE[1] - usual_tail(brief)
    bars = max(1, min(bars, int(room / (metre.bar_beats * 60 / tempo))))

    def seconds(count: int) -> float:
        points = tempo_points(tempo, count, metre, ending, brief.form.tempo_change)
        return music_seconds(points, tempo, count, metre)

    while bars > 1 and seconds(bars) > room:
        bars -= 1
    return bars


def _bars_for_length(brief: Brief, metre: Metre, tempo: float, asked: float, ending: str) -> int:
    tail, change = usual_tail(brief), brief.form.tempo_change
    bar_seconds = metre.bar_beats * 60 / tempo
    most = max(1, int(asked / bar_seconds))
    best, best_cost = 1, float("inf")
    for bars in range(max(1, most - 4), most + 1):
        points = tempo_points(tempo, bars, metre, ending, change)
        left = asked - music_seconds(points, tempo, bars, metre)
        if left < min(1.0, 0.1 * asked) and bars > 1:
            continue
        cost = abs(left - min(tail, 0.15 * asked)) + 1.2 * (bars % 2) + 0.6 * (bars % 4 > 0)
        if cost < best_cost:
            best, best_cost = bars, cost
    return best


def _tempo_for_length(
    brief: Brief, metre: Metre, preferred: float, asked: float, ending: str
) -> float:
    tail, change = usual_tail(brief), brief.form.tempo_change
    low, high = brief.tempo_range
    low, high = max(low, preferred * 0.88), min(high, preferred * 1.12)

    def cost(tempo: float) -> float:
        bars = _bars_for_length(brief, metre, tempo, asked, ending)
        points = tempo_points(tempo, bars, metre, ending, change)
        left = asked - music_seconds(points, tempo, bars, metre)
        return (
            abs(left - min(tail, 0.15 * asked))
            + 12 * abs(tempo / preferred - 1)
            + 1.5 * (bars % 2) + 1.0 * (bars % 4 > 0)
        )  # fmt: skip

    options = {float(preferred), *map(float, range(int(np.ceil(low)), int(high) + 1))}
    return min(sorted(options), key=cost)


def tempo_points(
    tempo: float, bars: int, metre: Metre, ending: str, change: str | None = None
) -> tuple[TempoPoint, ...]:
    """Return the tempo at the start and, for a ritardando, pulse by pulse through the end."""
    points = [TempoPoint(0.0, tempo)]
    if change is not None:
        goal = LONG_CHANGE[change]
        for bar in range(2, bars, 2):
            factor = 1 + (goal - 1) * bar / bars
            points.append(TempoPoint(bar * metre.bar_beats, round(tempo * factor, 3)))
    if ending == "ritardando" and bars >= 4:
        start = (bars - 2) * metre.bar_beats
        places = [
            start + bar * metre.bar_beats + pulse.start
            for bar in range(2)
            for pulse in pulses(metre)
        ]
        for count, beat in enumerate(places):
            factor = RITARDANDO[count * len(RITARDANDO) // len(places)]
            points.append(TempoPoint(beat, round(tempo * factor, 3)))
    return tuple(points)


def music_seconds(points: tuple[TempoPoint, ...], tempo: float, bars: int, metre: Metre) -> float:
    """Return the length of the bars without the tail."""
    return TempoMap.from_points(points, tempo).seconds(bars * metre.bar_beats)
