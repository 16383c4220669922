"""Reading the compact patterns of the style data.

Drum lines hold one character per step; bass and comping patterns hold "step value length" triples
or "step length" pairs in sixteenths; forms hold "name bars" words. All positions come out in
quarter notes.
"""

import re
from dataclasses import dataclass
from functools import cache

from backend.pipeline.theory.metre import Hit

VELOCITIES = {"X": 112, "x": 92, "o": 68, "g": 38}
"""Loudness of the step characters."""

STEPS_PER_BEAT = {"sixteenth": 4, "triplet": 3}

_SECTION = re.compile(r"^([A-Za-z]+?)(\d+)(?:\(([A-Za-z]+)\))?(\+key)?$")


@dataclass(frozen=True, slots=True)
class FormStep:
    """One section of a form as the style writes it."""

    name: str
    bars: int
    scheme: str | None = None
    """Order of its eight-bar periods ("AABA"), or the name of a fixed progression ("blues")."""
    lifts: bool = False
    """Whether it steps up in key."""


@cache
def drum_line(steps: str, grid: str, bar_beats: float) -> tuple[tuple[Hit, ...], ...]:
    """Read a drum line.

    Raises
    ------
    ValueError
        If a character is unknown or the length is not a whole number of bars.
    """
    unit = 1 / STEPS_PER_BEAT[grid]
    bar = round(bar_beats / unit)
    if not steps or len(steps) % bar or set(steps) - set(VELOCITIES) - {"."}:
        raise ValueError(f"drum line {steps!r} does not fill bars of {bar} steps")
    return tuple(
        tuple(
            Hit(place * unit, unit, character)
            for place, character in enumerate(steps[start : start + bar])
            if character != "."
        )
        for start in range(0, len(steps), bar)
    )


@cache
def bass_pattern(text: str) -> tuple[Hit, ...]:
    """Read "step degree length" triples; degrees are 1 3 5 6 8 b7 -5 4 b3 b2 a s N.

    Raises
    ------
    ValueError
        If a triple cannot be read.
    """
    hits = []
    for triple in text.split(","):
        step, degree, length = triple.split()
        if degree not in BASS_DEGREES:
            raise ValueError(f"bass degree {degree!r} is unknown")
        hits.append(Hit(int(step) / 4, int(length) / 4, degree))
    return tuple(hits)


BASS_DEGREES = frozenset(["1", "3", "5", "6", "8", "b7", "-5", "4", "b3", "b2", "a", "s", "N"])
"""Chord degrees, and a (chromatic approach), s (scale step), N (the next root)."""


@cache
def comping_pattern(text: str) -> tuple[str, tuple[tuple[Hit, ...], ...]]:
    """Read a comping pattern: its kind, and hits bar by bar.

    Kinds that run on a grid (arp8, arp16, ost8, pick8, scratch16) hold tone indexes or accents as
    values; the others hold "step length" pairs.

    Raises
    ------
    ValueError
        If it cannot be read.
    """
    kind, _, rest = text.partition(" ")
    if kind in {"arp8", "arp16", "ost8", "pick8"}:
        unit = 0.25 if kind == "arp16" else 0.5
        tones = rest.split()
        count = len(tones) if len(tones) < 8 else round(4 / unit)
        return kind, (
            tuple(Hit(place * unit, unit, tones[place % len(tones)]) for place in range(count)),
        )
    if kind == "scratch16":
        accents = {int(word) for word in rest.split(",")}
        return kind, (
            tuple(Hit(step / 4, 0.25, "X" if step in accents else "g") for step in range(16)),
        )
    if kind == "shuffle":
        return kind, (tuple(Hit(beat / 2, 0.5, str(beat // 2 % 2)) for beat in range(8)),)
    bars = []
    for bar in rest.split("|"):
        pairs = [pair.split() for pair in bar.split(",")]
        bars.append(tuple(Hit(int(step) / 4, int(length) / 4, "x") for step, length in pairs))
    return kind, tuple(bars)


@cache
def form_steps(text: str) -> tuple[FormStep, ...]:
    """Read a form such as "intro4 head32(AABA) outro4".

    Raises
    ------
    ValueError
        If a word is not a section with its bars.
    """
    steps = []
    for word in text.split():
        match = _SECTION.match(word)
        if match is None:
            raise ValueError(f"{word!r} is not a section")
        steps.append(FormStep(match[1], int(match[2]), match[3], match[4] is not None))
    return tuple(steps)


@cache
def progression_bars(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a progression into bars of roman numerals."""
    return tuple(tuple(bar.split()) for bar in text.split("|"))
