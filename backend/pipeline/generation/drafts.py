"""Several drafts of a theme, finished; the one nearest to real melodies is kept."""

import numpy as np

from backend.pipeline.artifacts import SectionPlan, SongPlan
from backend.pipeline.generation import taste
from backend.pipeline.generation.landings import anchored, held, landed
from backend.pipeline.generation.model_themes import ModelThemer
from backend.pipeline.generation.themes import Sung, Themer
from backend.pipeline.styles import style
from backend.pipeline.styles.kinds import family

Theme = tuple[Sung, ...]

DRAFTS = 8
"""Themes that rules write for a section."""

TRIES = 2
"""Themes that the neural model sings at most."""

GOOD = 0.9
"""Cost from which another theme is not worth its time."""


def sung_theme(
    plan: SongPlan, section: SectionPlan, rng: np.random.Generator, *, closing: bool
) -> Theme:
    """Return a theme whose phrases the neural model sings, anew while it is far from real ones."""
    themer = Themer(plan, section)
    best: Theme = ()
    least = float("inf")
    for _ in range(TRIES):
        draft = ModelThemer(plan, section, themer).compose(rng, closing=closing)
        draft = finished(developed(draft, themer, rng), themer, closing=closing)
        cost = taste.cost(draft, themer)
        if cost < least:
            best, least = draft, cost
        if least <= GOOD:
            break
    return best


def ruled_theme(
    plan: SongPlan, section: SectionPlan, rng: np.random.Generator, *, closing: bool
) -> Theme:
    """Return the best of several themes that rules write."""
    themer = Themer(plan, section)
    composed = (themer.compose(rng, closing=closing) for _ in range(DRAFTS))
    drafts = [
        finished(themer.settled(developed(draft, themer, rng)), themer, closing=closing)
        for draft in composed
    ]
    return min(drafts, key=lambda draft: taste.cost(draft, themer))


def developed(theme: Theme, themer: Themer, rng: np.random.Generator) -> Theme:
    """Give two bars that come again at once, or a third time, another ending; riffs keep theirs."""
    if "riff" in style(themer.plan.genre).melody.phrases:
        return theme
    length = 2 * themer.plan.metre.bar_beats
    units: dict[int, list[tuple[float, int]]] = {}
    for note in theme:
        units.setdefault(int(note.at // length), []).append(
            (round(note.at % length, 3), note.pitch)
        )
    stale = {
        2 * number + 1 for number, unit in units.items()
        if units.get(number - 1) == unit
        or sum(units.get(before) == unit for before in range(number - 3, number)) > 1
    }  # fmt: skip
    return themer.sung_anew(theme, rng, stale)


def finished(theme: Theme, themer: Themer, *, closing: bool) -> Theme:
    """Stand a theme on its chords, let its phrases land, and hold what breaks off."""
    home = closing or family(themer.section.name) != "lift"
    return held(landed(anchored(theme, themer), themer, closing=home), themer)
