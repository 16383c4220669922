"""How sections end: half cadences that open, and full ones that close."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from backend.pipeline.artifacts import Key
from backend.pipeline.styles import Style
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.patterns import FormStep
from backend.pipeline.theory.chords import Shape, roman_shape
from backend.pipeline.theory.scales import is_minor

Bar = tuple[Shape, ...]

_MODAL = frozenset({"mixolydian", "dorian", "phrygian", "lydian", "locrian"})
_RIVALS = {"major": (9,), "minor": (3,), "dorian": (10, 3), "phrygian": (8, 3),
           "mixolydian": (5,), "lydian": (7,), "locrian": (1, 3)}  # fmt: skip
"""Semitones above the tonic of other keys with the same scale, which a mode is mistaken for."""

_OPENERS = {"mixolydian": "bVII", "dorian": "bVII", "phrygian": "bII", "lydian": "II",
            "locrian": "bII"}  # fmt: skip


def closes_on_dominant(step: FormStep, following: FormStep) -> bool:
    """Whether a section should end open, to lead into the next one."""
    rises = family(step.name) in {"body", "lift", "contrast", "rest"}
    return rises and family(following.name) in {"peak", "body", "contrast"}


def closed(
    bars: list[Bar], key: Key, following: Shape, *, opens: bool, style: Style,
    rng: np.random.Generator,
) -> list[Bar]:  # fmt: skip
    """Shape the last bars of a section of a cadential style.

    A section that ends on the tonic although the next begins on it would stand still, so it ends
    on the dominant (in modes: on the chord that characterises them). Applied dominants lead into a
    minor chord now and then.
    """
    if len(bars) < 4:
        return bars
    tail = bars[-1][-1]
    shaped = list(bars)
    if opens and following.root == key.tonic and tail.root == key.tonic:
        dominant = opener(key)
        shaped[-1] = (dominant,) if rng.random() < 0.6 else (bars[-1][0], dominant)
    elif key.mode == "minor" and following.root == key.tonic and _is_minor_dominant(tail, key):
        shaped[-1] = (*bars[-1][:-1], opener(key))
    if style.id in {"gospel", "rnb_soul", "ballad", "classical", "country", "folk", "waltz"}:
        shaped = _with_applied_dominant(shaped, key, rng)
    return shaped


def _is_minor_dominant(shape: Shape, key: Key) -> bool:
    """Whether a chord on the fifth lacks the leading tone."""
    return shape.root == (key.tonic + 7) % 12 and shape.quality in {"m", "m7", "m9"}


def led_home(bars: list[Bar], key: Key) -> list[Bar]:
    """Let the dominant precede the last bar, whose chord is the tonic."""
    dominant = opener(key)
    before = bars[-2]
    if dominant.root in {shape.root for shape in before[-1:]}:
        return [*bars[:-2], (*before[:-1], dominant), bars[-1]]
    return [*bars[:-2], (before[0], dominant), bars[-1]]


def clarity(bars: list[Bar], key: Key) -> float:
    """Return how plainly chords stand in their key rather than in its relative.

    A progression that sets out from its tonic and dwells there is clear; one that dwells on
    another tonic of its scale, or goes there by its dominant, is heard in that key.
    """
    roots = [(shape.root - key.tonic) % 12 for bar in bars for shape in bar]
    home = roots.count(0) / len(roots)
    away = sum(roots.count(rival) for rival in _RIVALS[key.mode]) / len(roots)
    led_away = any(
        after == rival and before == (rival + 7) % 12
        for before, after in pairwise(roots)
        for rival in _RIVALS[key.mode]
    )
    return (roots[0] == 0) + 2 * home - away - 0.6 * led_away


def opener(key: Key) -> Shape:
    """Return the chord that wants to go home in the key."""
    if key.mode in _MODAL:
        return roman_shape(_OPENERS[key.mode], key)
    return roman_shape("V7" if is_minor(key) else "V", key)


def _with_applied_dominant(bars: list[Bar], key: Key, rng: np.random.Generator) -> list[Bar]:
    """Let one whole bar give its second half to the dominant of a minor chord that follows."""
    places = [
        place
        for place in range(len(bars) // 2 - 1, len(bars) - 1)
        if len(bars[place]) == 1
        and bars[place + 1][0].quality in {"m", "m7", "m9"}
        and (bars[place + 1][0].root - key.tonic) % 12 in {2, 9}
        and bars[place][0].root != bars[place + 1][0].root
    ]
    if not places or rng.random() > 0.35:
        return bars
    place = places[int(rng.integers(len(places)))]
    goal = bars[place + 1][0]
    applied = replace(
        goal, root=(goal.root + 7) % 12, bass=(goal.root + 7) % 12, quality="7",
        roman=f"V7/{goal.roman or 'vi'}",
    )  # fmt: skip
    return [*bars[:place], (bars[place][0], applied), *bars[place + 1 :]]
