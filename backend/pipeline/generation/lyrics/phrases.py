"""The melody as a singer breathes it: sections, and phrases between breaths."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.pipeline.artifacts import Note, SectionPlan, SongPlan
from backend.pipeline.styles.kinds import family

BREATH = 0.45
"""Beats of rest after which a new phrase begins."""
MOST_NOTES = 11
"""Longer phrases are cut: no line of a song has many more syllables."""
FEWEST_NOTES = 5
"""Shorter ones share a line with their neighbour."""
_LINE = 9

_UNSUNG = frozenset({"solo", "trades", "instrumental", "interlude", "break", "breakdown", "dub"})


@dataclass(frozen=True, slots=True)
class Stanza:
    """The phrases of one section."""

    section: SectionPlan
    phrases: tuple[tuple[Note, ...], ...]

    @property
    def lines(self) -> tuple[tuple[Note, ...], ...]:
        """The phrases, short neighbours together: enough notes for a line of verse."""
        joined: list[tuple[Note, ...]] = []
        for phrase in self.phrases:
            short = joined and min(len(joined[-1]), len(phrase)) < FEWEST_NOTES
            if short and len(joined[-1]) + len(phrase) <= _LINE:
                joined[-1] += phrase
            else:
                joined.append(phrase)
        return tuple(joined)

    @property
    def is_sung(self) -> bool:
        """Whether words usually stand there: not in an intro, an outro or a solo."""
        return family(self.section.name) != "frame" and self.section.name not in _UNSUNG


def stanzas(plan: SongPlan, melody: Sequence[Note]) -> tuple[Stanza, ...]:
    """Return the sections that have a melody, cut at its rests; long phrases are cut again.

    One or two notes alone go with their neighbours.
    """
    found = []
    bar = plan.metre.bar_beats
    for section in plan.sections:
        start = section.start_bar * bar
        end = start + section.bars * bar
        inside = [note for note in melody if start - 1e-6 <= note.start_beat < end - 1e-6]
        if inside:
            whole = _joined(_breaths(inside))
            cut = tuple(part for phrase in whole for part in _shortened(phrase))
            found.append(Stanza(section, cut))
    return tuple(found)


def _breaths(melody: Sequence[Note]) -> list[tuple[Note, ...]]:
    phrases: list[list[Note]] = []
    for note in melody:
        if not phrases or note.start_beat - phrases[-1][-1].end_beat >= BREATH:
            phrases.append([])
        phrases[-1].append(note)
    return [tuple(phrase) for phrase in phrases]


def _joined(phrases: list[tuple[Note, ...]]) -> list[tuple[Note, ...]]:
    joined: list[tuple[Note, ...]] = []
    for phrase in phrases:
        if joined and min(len(joined[-1]), len(phrase)) < 3:
            joined[-1] += phrase
        else:
            joined.append(phrase)
    return joined


def _shortened(phrase: tuple[Note, ...]) -> list[tuple[Note, ...]]:
    """Cut a long phrase near its middle, after a long note or before a rest."""
    if len(phrase) <= MOST_NOTES:
        return [phrase]
    middle = len(phrase) / 2

    def fitness(place: int) -> float:
        pause = phrase[place].start_beat - phrase[place - 1].start_beat
        return pause - abs(place - middle) / middle

    place = max(range(3, len(phrase) - 2), key=fitness)
    return [*_shortened(phrase[:place]), *_shortened(phrase[place:])]
