"""Metres as groups of pulses, and moving a groove from one metre into another.

A bar is heard as pulses (the beats one taps), gathered in groups of two or three. Grooves are built
from what a pulse does in its group, *down* (the group begins), *back* (the answer) or *plain*, so
that a 7/8 or 6/8 bar has the shape of its own metre instead of a 4/4 bar cut short.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from backend.pipeline.artifacts import Metre

ACCEPTED_METRES = (
    "2/4, 3/4, 4/4, 5/4, 6/4, 7/4, 2/2, 3/2, 5/8, 6/8, 7/8, 8/8, 9/8, 10/8, 11/8 or 12/8"
)

COMMON = Metre(4, 4)

EIGHTH_GROUPS = {
    3: (3,), 4: (2, 2), 5: (3, 2), 6: (3, 3), 7: (2, 2, 3), 8: (3, 3, 2), 9: (3, 3, 3),
    10: (3, 3, 2, 2), 11: (2, 2, 3, 2, 2), 12: (3, 3, 3, 3),
}  # fmt: skip
"""Pulses of metres in eighths, each of two or three eighths."""

QUARTER_GROUPS = {2: (2,), 3: (3,), 4: (2, 2), 5: (3, 2), 6: (3, 3), 7: (2, 2, 3)}
"""Groups of metres in quarters, each of two or three pulses."""

GROUPINGS = {5: ((3, 2), (2, 3)), 7: ((2, 2, 3), (3, 2, 2), (2, 3, 2))}
"""The ways to gather five and seven, the usual one first; a song keeps to one of them."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """One tapped beat of the bar.

    Parameters
    ----------
    start, length : float
        In quarter notes from the start of the bar.
    function : str
        down, back or plain.
    """

    start: float
    length: float
    function: str

    @property
    def is_compound(self) -> bool:
        """Whether it divides into three."""
        return abs(self.length - 1.5) < 1e-9


@dataclass(frozen=True, slots=True)
class Hit:
    """One event of a pattern: where, how long (both in quarter notes) and what."""

    at: float
    length: float
    value: str


def parse_metre(text: str) -> Metre:
    """Read a time signature such as "6/8".

    Raises
    ------
    ValueError
        If it is none, or one no groove exists for; the message says what is accepted.
    """
    words = {"waltz": "3/4", "common": "4/4", "cut": "2/2"}
    match = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*", words.get(text.strip().lower(), text))
    if match is not None:
        numerator, denominator = int(match[1]), int(match[2])
        known = {2: range(2, 4), 4: range(2, 8), 8: range(3, 13)}
        if numerator in known.get(denominator, ()):
            return Metre(numerator, denominator)
    raise ValueError(f"'{text.strip()[:20]}' is not a metre; write {ACCEPTED_METRES}.")


def grouped(metre: Metre, draw: float) -> Metre:
    """Return an odd metre in one of its groupings; others, and those already grouped, as they are.

    Parameters
    ----------
    draw : float
        0 to 1; the usual grouping takes the lower half.
    """
    choices = GROUPINGS.get(metre.numerator, ())
    if metre.grouping or not choices:
        return metre
    rare = int((2 * draw - 1) * (len(choices) - 1)) + 1 if draw >= 0.5 else 0
    return replace(metre, grouping=choices[min(rare, len(choices) - 1)])


@cache
def group_starts(metre: Metre) -> tuple[float, ...]:
    """Return where the groups of a bar begin, in quarter notes."""
    in_eighths = metre.denominator == 8
    return tuple(p.start for p in pulses(metre) if in_eighths or p.function == "down")


@cache
def pulses(metre: Metre) -> tuple[Pulse, ...]:
    """Return the pulses of a bar in order."""
    if metre.denominator == 8:
        lengths = [eighths / 2 for eighths in _gathered(metre, metre.numerator, EIGHTH_GROUPS)]
        groups = _paired(len(lengths))
    else:
        count = metre.numerator * (2 if metre.denominator == 2 else 1)
        lengths = [1.0] * count
        groups = _gathered(metre, count, QUARTER_GROUPS)
    functions = [word for size in groups for word in _functions(size)]
    starts = [sum(lengths[:place]) for place in range(len(lengths))]
    return tuple(map(Pulse, starts, lengths, functions))


def _gathered(metre: Metre, count: int, usual: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
    return metre.grouping if sum(metre.grouping) == count else usual[count]


def _paired(count: int) -> tuple[int, ...]:
    return {1: (1,), 2: (2,), 3: (3,), 4: (2, 2), 5: (2, 3)}[count]


def _functions(size: int) -> tuple[str, ...]:
    return {1: ("down",), 2: ("down", "back"), 3: ("down", "plain", "back")}[size]


@cache
def strength(metre: Metre, position: float) -> float:
    """Return how strong a place in the bar is: 1 downbeat, .8 group, .6 pulse, .35 half, .15 else.

    Parameters
    ----------
    position : float
        Quarter notes from the start of the bar.
    """
    position %= metre.bar_beats
    for pulse in pulses(metre):
        inside = position - pulse.start
        if -1e-6 <= inside < pulse.length - 1e-6:
            if inside < 1e-6:
                return 1.0 if pulse.start == 0 else 0.8 if pulse.function == "down" else 0.6
            return 0.35 if abs(inside * 2 - round(inside * 2)) < 1e-6 else 0.15
    return 0.15


@cache
def halves(metre: Metre) -> tuple[float, float]:
    """Split a bar in two at the group that lies nearest its middle, for two chords in one bar."""
    bar = metre.bar_beats
    inner = [pulse for pulse in pulses(metre) if pulse.start > 0]
    if not inner:
        return bar / 2, bar / 2
    middle = min(
        inner,
        key=lambda pulse: (
            abs(pulse.start - bar / 2)
            - 0.1 * (2 * (pulse.function == "down") + (pulse.start > bar / 2))
        ),
    )
    return middle.start, bar - middle.start


@cache
def transplant(
    pattern: tuple[Hit, ...], source: Metre, target: Metre, *, keeps_time: bool, sustains: bool
) -> tuple[Hit, ...]:
    """Rebuild a one-bar pattern in another metre, pulse by pulse.

    Each pulse takes what the source plays on a pulse of the same function. In compound pulses the
    eighth after the beat goes to the third eighth, as in a shuffle.

    Parameters
    ----------
    keeps_time : bool
        A hat or shaker: every eighth of a compound pulse sounds.
    sustains : bool
        Bass or chords: plain pulses play too, taking what the source plays when its bar is half
        over; what is played once and would be lost keeps its distance from the end of the bar.
    """
    if source == target:
        return pattern
    models = _models(source)
    moved: dict[float, Hit] = {}
    taken = dict.fromkeys(models, 0)
    for pulse in pulses(target):
        choices = models[pulse.function]
        model = choices[taken[pulse.function] % len(choices)]
        taken[pulse.function] += 1
        if pulse.function == "plain" and not (keeps_time or sustains):
            continue
        for hit in pattern:
            inside = (hit.at - model.start) / model.length
            if -1e-6 <= inside < 1 - 1e-6:
                at = round(pulse.start + _inside(inside, pulse), 6)
                moved.setdefault(at, Hit(at, hit.length, hit.value))
        if keeps_time and pulse.is_compound:
            _fill_eighths(moved, pulse)
    if sustains and not moved:
        moved = _from_the_end(pattern, source, target)
    if sustains and pattern and pattern[0].at == 0 and target.grouping:
        moved = _on_groups(moved, target)
    return _relength(pattern, moved, source, target)


def _from_the_end(pattern: tuple[Hit, ...], source: Metre, target: Metre) -> dict[float, Hit]:
    places = [round((hit.at - source.bar_beats) % target.bar_beats, 6) for hit in pattern]
    return {at: Hit(at, hit.length, hit.value) for at, hit in zip(places, pattern, strict=True)}


def _on_groups(moved: dict[float, Hit], target: Metre) -> dict[float, Hit]:
    """Let whoever plays the downbeat play each group from its beginning, in odd metres."""
    starts = group_starts(target)
    gathered = dict(moved)
    for start, end in pairwise((*starts, target.bar_beats)):
        first = min((at for at in moved if start - 1e-6 <= at < end - 1e-6), default=start)
        if first > start + 1e-6:
            hit = gathered.pop(first)
            gathered[start] = Hit(start, hit.length, hit.value)
    return gathered


def _models(source: Metre) -> dict[str, list[Pulse]]:
    """Return the pulses of the source by function; what it lacks is stood in for."""
    found = pulses(source)
    named = {
        word: [pulse for pulse in found if pulse.function == word]
        for word in ("down", "back", "plain")
    }
    return {
        "down": named["down"],
        "back": named["back"] or [found[-1]],
        "plain": named["plain"] or [named["down"][-1]],
    }


def _inside(inside: float, pulse: Pulse) -> float:
    """Place of a beat's subdivision within a pulse."""
    if not pulse.is_compound:
        return inside * pulse.length
    thirds = inside * 3
    if abs(thirds - round(thirds)) < 1e-6:
        return round(thirds) / 2
    return 0.5 if inside < 0.4 else 1.0


def _fill_eighths(moved: dict[float, Hit], pulse: Pulse) -> None:
    kept = [hit for hit in moved.values() if pulse.start <= hit.at < pulse.start + pulse.length]
    for third in range(3) if kept else ():
        at = round(pulse.start + third / 2, 6)
        moved.setdefault(at, Hit(at, 0.5, kept[0].value.lower().replace("x", "o")))


def _relength(
    pattern: tuple[Hit, ...], moved: dict[float, Hit], source: Metre, target: Metre
) -> tuple[Hit, ...]:
    """Keep legato patterns legato: a hit that reached its successor does so again."""
    legato = {
        hit.at for hit, after in pairwise(pattern)
        if hit.at + hit.length >= after.at - 1e-6
    }  # fmt: skip
    holds = bool(pattern) and (
        len(legato) >= len(pattern) / 2
        or pattern[-1].at + pattern[-1].length >= source.bar_beats - 1e-6
    )
    if not moved:
        return ()
    places = sorted(moved)
    ends = [*places[1:], target.bar_beats]
    return tuple(
        Hit(at, (end - at) if holds else min(moved[at].length, end - at), moved[at].value)
        for at, end in zip(places, ends, strict=True)
    )
