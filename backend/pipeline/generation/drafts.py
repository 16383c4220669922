"""Several drafts of a theme, finished; the one nearest to real melodies is kept."""

import numpy as np

from backend.pipeline.artifacts import SectionPlan, SongPlan
from backend.pipeline.generation import taste
from backend.pipeline.generation.landings import held, landed
from backend.pipeline.generation.model_themes import ModelThemer
from backend.pipeline.generation.themes import Sung, Themer

Theme = tuple[Sung, ...]

DRAFTS = 5
"""Themes that rules write for a section."""


def sung_theme(
    plan: SongPlan, section: SectionPlan, rng: np.random.Generator, *, closing: bool
) -> Theme:
    """Return a theme whose phrases the neural model sings."""
    themer = Themer(plan, section)
    theme = ModelThemer(plan, section, themer).compose(rng, closing=closing)
    return finished(theme, themer, closing=closing)


def ruled_theme(
    plan: SongPlan, section: SectionPlan, rng: np.random.Generator, *, closing: bool
) -> Theme:
    """Return the best of several themes that rules write."""
    themer = Themer(plan, section)
    drafts = [
        finished(themer.settled(themer.compose(rng, closing=closing)), themer, closing=closing)
        for _ in range(DRAFTS)
    ]
    return min(drafts, key=lambda draft: taste.cost(draft, themer))


def finished(theme: Theme, themer: Themer, *, closing: bool) -> Theme:
    """Let the phrases of a theme land, and hold what breaks off."""
    return held(landed(theme, themer, closing=closing), themer)
