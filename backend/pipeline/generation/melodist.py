"""The melody of every section: fresh, brought back, or remembered at the end."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from backend.pipeline.artifacts import Key, Role, SectionPlan, SongPlan
from backend.pipeline.generation.drafts import ruled_theme, sung_theme
from backend.pipeline.generation.model_themes import can_sing
from backend.pipeline.generation.themes import Sung, Themer, monophonic
from backend.pipeline.progress import StageContext
from backend.pipeline.styles import style
from backend.pipeline.styles.kinds import family

PHRASE_RULES = "phrase rules"
CHORD_SCALE_RULES = "chord-scale rules"
NEURAL = "neural"

Theme = tuple[Sung, ...]


class Line(NamedTuple):
    """A melody in its section's time, and the path that composed it."""

    theme: Theme
    path: str


SILENCE = Line((), "")


class Melodist:
    """Writes the melodies of one song.

    Sections of one kind that draw from the same seed share a theme. Whatever their seeds, it is
    written for the first section of the kind, so that no section's melody depends on the seed of
    another.

    Parameters
    ----------
    plan : SongPlan
        Sections with chords.
    context : StageContext
        The seed of the song.
    """

    def __init__(self, plan: SongPlan, context: StageContext) -> None:
        self._plan, self._context = plan, context
        self._themes: dict[tuple[str, int], Line] = {}
        leads = {track.id for track in plan.tracks if track.role is Role.LEAD}
        self._singing = [section for section in plan.sections if leads & set(section.track_ids)]

    def line(self, section: SectionPlan, seed: int | None = None) -> Line:
        """Return the melody of a section, with the pick-up into it.

        Parameters
        ----------
        seed : int or None
            What it is drawn from; None: from the seed of the song.
        """
        if all(other.index != section.index for other in self._singing):
            return SILENCE
        return self._sung(section, self._context.seeded(seed))

    def _sung(self, section: SectionPlan, context: StageContext) -> Line:
        earlier = [other for other in self._singing if other.index < section.index]
        if family(section.name) == "frame" and earlier:
            return self._farewell(section, _hook(earlier), context)
        first = next(other for other in self._singing if other.name == section.name)
        theme, path = self._theme(first, context)
        if section.index == first.index:
            return Line(theme, path)
        themer = Themer(self._plan, section)
        theme = _moved_to(section.key, first.key, self._extended(theme, first, section))
        if family(section.name) in {"body", "contrast"}:
            theme = themer.varied(theme, context.generator(section.index, "melody", "variation"))
        return Line(themer.brought_back(theme), path)

    def _theme(self, first: SectionPlan, context: StageContext) -> Line:
        """Return the theme that the sections of a kind share."""
        place = (first.name, context.seed)
        if place not in self._themes:
            self._themes[place] = self._composed(first, context)
        return self._themes[place]

    def _composed(self, section: SectionPlan, context: StageContext) -> Line:
        rng = context.generator(section.name, "melody")
        closing = (
            family(section.name) in {"peak", "frame"}
            or section.index == len(self._plan.sections) - 1
        )
        if can_sing(self._plan, section):
            return Line(sung_theme(self._plan, section, rng, closing=closing), NEURAL)
        theme = ruled_theme(self._plan, section, rng, closing=closing)
        return Line(theme, _rules(self._plan, section))

    def _extended(self, theme: Theme, first: SectionPlan, section: SectionPlan) -> Theme:
        """Fit a theme to a longer or shorter section by going round again or stopping."""
        bar = self._plan.metre.bar_beats
        length, wanted = first.bars * bar, section.bars * bar
        rounds = -(-section.bars // first.bars)
        notes = [
            replace(note, at=note.at + turn * length) for turn in range(rounds) for note in theme
        ]
        return monophonic([note for note in notes if note.at < wanted - 0.1])

    def _farewell(self, section: SectionPlan, hook: SectionPlan, context: StageContext) -> Line:
        """Recall the hook in a frame, and end the song on a long tonic in its last bar."""
        bar = self._plan.metre.bar_beats
        themer = Themer(self._plan, section)
        theme, _ = self._theme(hook, self._context)
        last = (section.bars - 1) * bar
        recalled: Theme = tuple(note for note in theme if -0.1 < note.at < min(4 * bar, last) - 0.5)
        if context.seed != self._context.seed:
            rng = context.generator(section.name, "melody")
            recalled = themer.varied(recalled, rng, bars=(0, 1, 2, 3))
        if section.index != len(self._plan.sections) - 1:
            return Line(themer.mended(recalled), PHRASE_RULES)
        kept = [replace(note, length=min(note.length, last - note.at)) for note in recalled]
        return Line((*themer.mended(kept), themer.last_note(last, recalled)), PHRASE_RULES)


def _hook(earlier: Sequence[SectionPlan]) -> SectionPlan:
    """Return the section whose theme is remembered best."""
    themes = [s for number, s in enumerate(earlier) if number == 0 or family(s.name) != "frame"]
    return next((s for s in themes if family(s.name) == "peak"), themes[0])


def _moved_to(key: Key, home: Key, theme: Theme) -> Theme:
    shift = (key.tonic - home.tonic + 6) % 12 - 6
    return tuple(replace(note, pitch=note.pitch + shift) for note in theme)


def _rules(plan: SongPlan, section: SectionPlan) -> str:
    """Name the rules that write a section's melody."""
    improvised = section.name in {"solo", "trades"} or style(plan.genre).melody.scale != "diatonic"
    return CHORD_SCALE_RULES if improvised else PHRASE_RULES
