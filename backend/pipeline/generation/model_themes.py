"""Themes whose phrases the neural model sings, laid out and repeated by rules.

The model writes fresh phrases; which bars return, and where a phrase breathes and closes, is
decided here, because a hook lives on exact return, and models of this size do not return by
themselves.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backend.pipeline.artifacts import Note, SectionPlan, SongPlan
from backend.pipeline.generation.neural import (
    MelodyModel,
    MelodyStyle,
    PhraseContext,
    contains_copied_run,
)
from backend.pipeline.generation.ranking import best_phrase
from backend.pipeline.generation.themes import Sung, Themer, feel_of, monophonic
from backend.pipeline.styles import style
from backend.pipeline.styles.kinds import family

NEURAL_STYLES = frozenset({
    "pop", "rock", "ballad", "folk", "country", "punk", "synthwave", "disco", "chiptune", "trance",
    "cinematic", "waltz", "gospel", "house",
})  # fmt: skip
"""Styles whose melodies resemble what the model was trained on."""

FOLK_STYLES = frozenset({"folk", "country", "waltz"})

CANDIDATES = 6

ATTEMPTS = 3
"""Assembling and mending may complete a run of the training data; then the theme is made anew."""

Step = tuple[str, int, int]
"""What comes next: new, copy or move; how many bars; from which bar (of the block)."""

LAYOUTS: dict[str, tuple[Step, ...]] = {
    "period": (("new", 4, 0), ("copy", 2, 0), ("new", 2, 0)),
    "sentence": (("new", 2, 0), ("move", 2, 0), ("copy", 2, 0), ("new", 2, 0)),
    "aaba": (("new", 2, 0), ("copy", 2, 0), ("new", 2, 0), ("copy", 1, 0), ("new", 1, 0)),
}
"""Eight bars each."""


def can_sing(plan: SongPlan, section: SectionPlan) -> bool:
    """Whether the model knows the style, metre and mode of a section."""
    return (
        style(plan.genre).id.split("+")[-1] in NEURAL_STYLES
        and section.name not in {"solo", "trades", "var"}
        and plan.swing <= 0.56
        and MelodyModel.supports(plan.metre, section.key)
    )


class ModelThemer:
    """Writes the theme of one section with the model."""

    def __init__(self, plan: SongPlan, section: SectionPlan, themer: Themer) -> None:
        self.plan, self.section, self.themer = plan, section, themer
        self.bar = plan.metre.bar_beats
        self.start = section.start_bar * self.bar

    def compose(self, rng: np.random.Generator, *, closing: bool) -> tuple[Sung, ...]:
        """Return a fresh theme for the section.

        Parameters
        ----------
        closing : bool
            The last phrase comes to rest.
        """
        for _ in range(ATTEMPTS):
            theme = self._composed(rng, closing=closing)
            if not contains_copied_run([Note(n.pitch, n.at, n.length, 80) for n in theme]):
                break
        return theme

    def _composed(self, rng: np.random.Generator, *, closing: bool) -> tuple[Sung, ...]:
        feel = feel_of(self.plan, self.section, rng)
        notes: list[Sung] = []
        bar = 0
        for kind, bars, source in self._layout(rng):
            if kind == "new":
                ends = closing and bar + bars >= self.section.bars
                notes += self._fresh(notes, bar, bars, feel.density, ends, rng)
            else:
                notes += self._again(notes, bar, bars, source, moves=kind == "move")
            bar += bars
        return monophonic([note for note in notes if note.at < self.section.bars * self.bar - 0.2])

    def _layout(self, rng: np.random.Generator) -> list[Step]:
        """Cover the section: eight bars, a block that recalls them, then the rest."""
        bars = self.section.bars
        if bars < 8:
            if bars == 4:
                return [("new", 2, 0), ("copy", 1, 0), ("new", 1, 0)]
            return [("new", bars, 0)] if bars < 4 else [("new", 4, 0), ("copy", bars - 4, 0)]
        peak = family(self.section.name) == "peak"
        names = ("aaba", "period", "sentence") if peak else ("period", "sentence", "aaba")
        name = str(rng.choice(names, p=(0.45, 0.35, 0.2)))
        steps = list(LAYOUTS[name])
        covered = 8
        while covered < bars:
            left = bars - covered
            if left >= 8:
                steps += [("copy", 4, 0), ("new", 4, 0)]
                covered += 8
            else:
                half = left // 2
                steps += [("copy", half, 0)] if half else []
                steps += [("new", left - half, 0)]
                covered = bars
        return steps

    def _fresh(
        self, notes: Sequence[Sung], bar: int, bars: int, density: float, ends: bool,
        rng: np.random.Generator,
    ) -> list[Sung]:  # fmt: skip
        """Let the model sing, several times, and keep the best."""
        wanted = 1.12 * density * self.bar / 4
        thin = max(2, round(wanted * 0.6))
        context = PhraseContext(
            metre=self.plan.metre,
            key=self.section.key,
            chords=self.plan.chords,
            start_beat=self.start + bar * self.bar,
            bars=bars,
            lowest=self.themer.gamut.low,
            highest=max(self.themer.gamut.high, self.themer.gamut.low + 12),
            style=self._kind(),
            density=(*(round(wanted),) * (bars - 1), thin),
            breath_bars=(bars - 1,) if bars < 4 else (bars // 2 - 1, bars - 1),
            bars_after=0 if ends else 4,
            place=bar % 8,
            previous=tuple(
                Note(n.pitch, self.start + n.at, n.length, 80) for n in notes if n.at >= -self.start
            ),
        )
        versions = MelodyModel.load().versions(context, rng, CANDIDATES, 0.9)
        chosen = best_phrase(context, versions, self.themer, wanted)
        sung = [Sung(n.start_beat - self.start, n.duration_beats, n.pitch) for n in chosen]
        return list(self.themer.settled(sung))

    def _kind(self) -> MelodyStyle:
        genre = style(self.plan.genre).id
        return MelodyStyle.FOLK if genre in FOLK_STYLES else MelodyStyle.POP

    def _again(
        self, notes: Sequence[Sung], bar: int, bars: int, source: int, *, moves: bool
    ) -> list[Sung]:
        """Bring bars back: exactly, but for what grinds; along the scale when asked to move."""
        first, last = source * self.bar, (source + bars) * self.bar
        heard = [note for note in notes if first - 0.01 <= note.at < last - 0.01]
        placed = [replace(note, at=note.at + (bar - source) * self.bar) for note in heard]
        if moves:
            placed = list(self.themer.moved(placed))
        return list(self.themer.brought_back(placed))
