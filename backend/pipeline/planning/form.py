"""The form: which sections, in which order, and how many bars each."""

from dataclasses import replace

import numpy as np

from backend.pipeline.planning.brief import Brief
from backend.pipeline.planning.understanding.wishes import FormWish
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.patterns import FormStep, form_steps

Form = tuple[FormStep, ...]

_DEFAULT_BARS = {
    "intro": 4,
    "pre": 4,
    "build": 4,
    "break": 4,
    "breakdown": 4,
    "outro": 4,
    "coda": 4,
}

_LEAST_BARS = {"frame": 4, "lift": 4, "rest": 4, "contrast": 8, "body": 8, "peak": 8}
_MAIN = frozenset({"body", "peak"})
_GIVING = ("lift", "frame", "contrast", "body", "peak", "rest")
"""Families of sections in the order in which they give bars when a form is too long."""
_NEARLY = 0.75
"""Share of a cycle for which there must be room: the form gives the rest."""
_MOST_BARS = {"frame": 16, "contrast": 16, "rest": 8, "lift": 8, "body": 16, "peak": 16}
_SONG_PER_FRAME = 4
"""Intros and outros usually grow no longer than one part of so many of the song."""
_HINT_BARS = 2
"""Intros and outros that are longer than this are halved before anything else is."""
_PARTING = 48.0
"""Importance of the only breath between two peaks: more than that of frames."""


def wished_form(brief: Brief, rng: np.random.Generator) -> Form:
    """Return the form at its natural length: the asked one, or one of the style's."""
    wish = brief.form
    if wish.sections:
        return tuple(
            FormStep(part.name, part.bars or _DEFAULT_BARS.get(part.name, _body_bars(brief)))
            for part in wish.sections
        )
    options = brief.style.forms
    form = form_steps(options[int(rng.integers(len(options)))])
    return _with_wishes(form, wish)


def _body_bars(brief: Brief) -> int:
    is_blues = brief.style.id == "blues" and brief.chords is None
    return 12 if is_blues else 8


def _with_wishes(form: Form, wish: FormWish) -> Form:
    kept = [
        step for step in form
        if step.name not in wish.excluded and not (wish.is_loop and family(step.name) == "frame")
    ]  # fmt: skip
    steps = kept or list(form)
    for kind in wish.included:
        if not any(step.name == kind for step in steps):
            steps.insert(_place_for(kind, steps), FormStep(kind, _DEFAULT_BARS.get(kind, 8)))
    for frame, size in (("intro", wish.intro), ("outro", wish.outro)):
        if size is not None:
            steps = _sized(steps, frame, size)
    return tuple(steps)


def _place_for(kind: str, steps: list[FormStep]) -> int:
    if kind == "intro":
        return 0
    if kind in {"outro", "coda"}:
        return len(steps)
    peaks = [place for place, step in enumerate(steps) if family(step.name) == "peak"]
    return peaks[-1] if peaks else len(steps) - 1


def _sized(steps: list[FormStep], frame: str, size: str) -> list[FormStep]:
    if not any(step.name == frame for step in steps):
        steps.insert(_place_for(frame, steps), FormStep(frame, 4))
    bars = 2 if size == "short" else max(12, 2 * next(s.bars for s in steps if s.name == frame))
    return [replace(step, bars=bars) if step.name == frame else step for step in steps]


def total_bars(form: Form) -> int:
    """Return the bars of all sections."""
    return sum(step.bars for step in form)


def fitted(form: Form, bars: int, *, keep_order: bool = False) -> Form:
    """Return the form with exactly ``bars`` bars.

    Too long: long sections are halved, as a radio edit does; then the least important ones go
    (repeats, then bridge and pre-chorus, then frames); then all are halved, frames first. Too
    short: the last verse-and-chorus cycle comes again, then sections grow by four bars, all of
    them before any grows beyond its usual length, which for frames is a quarter of the song.

    Parameters
    ----------
    keep_order : bool
        The user spelled the sections out: none may be dropped or added, only their lengths change.
    """
    steps = list(form)
    if not keep_order:
        steps = _shortened(steps, bars)
    while total_bars(tuple(steps)) > bars and not keep_order and len(steps) > 1:
        weakest = min(range(len(steps)), key=lambda place: _importance(steps, place))
        without = steps[:weakest] + steps[weakest + 1 :]
        if total_bars(tuple(without)) < min(bars, 0.75 * bars + 2) and len(steps) <= 4:
            break
        steps = without
    while total_bars(tuple(steps)) > bars and max(step.bars for step in steps) > 1:
        place = max(range(len(steps)), key=lambda place: _gives(steps[place], place))
        steps[place] = _resized(steps[place], (steps[place].bars + 1) // 2)
    while total_bars(tuple(steps)) > bars and len(steps) > 1:
        steps.pop(min(range(len(steps)), key=lambda place: _importance(steps, place)))
    if not keep_order:
        steps = _with_cycles(steps, bars)
    return tuple(_stretched(steps, bars))


def _gives(step: FormStep, place: int) -> tuple[bool, int, int]:
    """Return how soon a section is halved, the highest first: a long frame, then the longest."""
    is_frame = family(step.name) == "frame" and step.bars > _HINT_BARS
    return is_frame, step.bars, -place if is_frame else place


def _shortened(steps: list[FormStep], bars: int) -> list[FormStep]:
    """Halve long sections while the form is too long, those first that have most to spare."""
    steps = list(steps)
    while total_bars(tuple(steps)) > bars:
        spare = [place for place, step in enumerate(steps) if _can_be_halved(step)]
        if not spare:
            break
        place = max(spare, key=lambda place: (*_to_spare(steps[place]), place))
        steps[place] = _resized(steps[place], steps[place].bars // 2)
    return steps


def _can_be_halved(step: FormStep) -> bool:
    return step.scheme is None and step.bars >= 2 * _LEAST_BARS[family(step.name)]


def _to_spare(step: FormStep) -> tuple[int, int]:
    """Return how long a section is for its family, which decides between equally long ones."""
    kind = family(step.name)
    return step.bars * (1 if kind in _MAIN else 2), -_GIVING.index(kind)


def _resized(step: FormStep, bars: int) -> FormStep:
    """Change the length; a scheme that no longer fits is dropped."""
    fits = step.scheme is not None and (
        (step.scheme.isupper() and bars == 8 * len(step.scheme))
        or (not step.scheme.isupper() and bars % 12 == 0)
    )
    return replace(step, bars=bars, scheme=step.scheme if fits else None)


def _importance(steps: list[FormStep], place: int) -> float:
    """How much the song would miss a section."""
    step = steps[place]
    kind = family(step.name)
    earlier = sum(other.name == step.name for other in steps[:place])
    later = sum(other.name == step.name for other in steps[place + 1 :])
    first = {"peak": 100, "body": 90, "frame": 45, "contrast": 35, "lift": 30, "rest": 25}[kind]
    if _parts_peaks(steps, place):
        return _PARTING
    if earlier == 0:
        return first + place * 0.01
    repeat = {"peak": 22, "body": 20, "contrast": 18, "lift": 17, "rest": 12, "frame": 15}[kind]
    return repeat + (30 if kind == "peak" and later == 0 else 0) - earlier


def _parts_peaks(steps: list[FormStep], place: int) -> bool:
    """Whether a section is the only breath between two peaks."""
    around = [family(step.name) for step in steps[max(0, place - 1) : place + 2]]
    return around in (["peak", "rest", "peak"], ["peak", "lift", "peak"])


def _with_cycles(steps: list[FormStep], bars: int) -> list[FormStep]:
    """Repeat the main cycle while it fits, or nearly does."""
    start, end = _cycle(steps)
    cycle = steps[start:end]
    while cycle and bars - total_bars(tuple(steps)) >= _NEARLY * total_bars(tuple(cycle)):
        longer = _shortened(steps[:end] + cycle + steps[end:], bars)
        if total_bars(tuple(longer)) > bars:
            break
        steps = longer
    return steps


def _cycle(steps: list[FormStep]) -> tuple[int, int]:
    """Return where the part that comes again begins and ends.

    It is a body section up to its peak, or all the middle; without a body, what lies between two
    peaks and the second of them.
    """
    bodies, peaks, frames = (
        [place for place, step in enumerate(steps) if family(step.name) == kind]
        for kind in ("body", "peak", "frame")
    )
    if not bodies:
        return (peaks[0] + 1, peaks[1] + 1) if len(peaks) > 1 else (0, 0)
    start = bodies[min(1, len(bodies) - 1)]
    peak = next((place for place in peaks if place > start), None)
    if peak is not None:
        return start, peak + 1
    return bodies[0], next((place for place in frames if place > start), len(steps))


def _most_bars(step: FormStep, song: int) -> int:
    """Return how long a section usually gets; what frames a short song stays short, too."""
    kind = family(step.name)
    return min(_MOST_BARS[kind], song // _SONG_PER_FRAME) if kind == "frame" else _MOST_BARS[kind]


def _stretched(steps: list[FormStep], bars: int) -> list[FormStep]:
    """Lengthen sections until the bars fit exactly, evenly where possible."""
    steps = list(steps)
    order = sorted(
        range(len(steps)),
        key=lambda place: (
            {"frame": 0, "contrast": 1, "body": 2, "peak": 3, "rest": 4, "lift": 5}[
                family(steps[place].name)
            ],
            -place,
        ),
    )
    for amount, beyond in ((4, 1), (2, 1), (4, 2), (2, 2)):
        grown = True
        while bars - total_bars(tuple(steps)) >= amount and grown:
            grown = False
            for place in order:
                step = steps[place]
                fits = step.scheme is None and step.bars + amount <= beyond * _most_bars(step, bars)
                if fits and bars - total_bars(tuple(steps)) >= amount:
                    steps[place] = _resized(step, step.bars + amount)
                    grown = True
    rest = bars - total_bars(tuple(steps))
    if rest > 0:
        place = max(range(len(steps)), key=lambda p: (family(steps[p].name) == "frame", p))
        steps[place] = _resized(steps[place], steps[place].bars + rest)
    return steps
