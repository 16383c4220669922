"""The second stage: a melody for every section that has one, and a line that answers it."""

from collections.abc import Sequence

from backend.pipeline.artifacts import Composition, Note, SectionPlan, SongPlan, Syllable
from backend.pipeline.generation.answers import answers, separated
from backend.pipeline.generation.lyrics import sung, sung_again
from backend.pipeline.generation.melodist import Line, Melodist
from backend.pipeline.generation.themes import EARLY, as_notes
from backend.pipeline.progress import StageContext

VELOCITY = 84

Melody = tuple[Note, ...]
Words = tuple[Syllable, ...]


def generate(plan: SongPlan, context: StageContext) -> Composition:
    """Compose melody, counter-line and the placing of the lyrics.

    The song is composed without regard to the seeds of sections; then the sections that have one
    are composed anew, each alone: it keeps its words and the pick-up into the next section.

    Parameters
    ----------
    plan : SongPlan
        Sections with chords; sections of one kind share a theme.
    context : StageContext
        Seed and progress.

    Returns
    -------
    Composition
        The lead sheet; ``composed_by`` says how each section's melody came about.
    """
    melodist = Melodist(plan, context)
    lines = []
    for section in plan.sections:
        lines.append(melodist.line(section))
        context.report(0.7 * (section.index + 1) / len(plan.sections), f"{section.label} composed")
    usual = [_in_bars(plan, section, lines[section.index], lines) for section in plan.sections]
    melody, lyrics = sung(plan, tuple(note for part in usual for note in part), context)
    paths = [line.path for line in lines]
    for section in plan.sections:
        if section.seed is not None:
            own = melodist.line(section, section.seed)
            paths[section.index] = own.path
            part = _in_bars(plan, section, own, lines)
            melody, lyrics = _renewed(plan, section, part, melody, lyrics)
    counter = answers(plan, melody, context)
    context.report(0.9, "The counter-line answers")
    return Composition(
        melody=melody,
        counter=counter,
        lyrics=lyrics,
        composed_by={index: path for index, path in enumerate(paths) if path},
    )


def _in_bars(plan: SongPlan, section: SectionPlan, line: Line, lines: Sequence[Line]) -> Melody:
    """Return what is sung between the bar lines of a section: its melody, and the next pick-up."""
    start, end = plan.span(section)
    after = lines[section.index + 1].theme if section.index + 1 < len(lines) else ()
    pickup = as_notes([note for note in after if note.at < EARLY], end, end, VELOCITY)
    until = pickup[0].start_beat if pickup else end
    own = as_notes([note for note in line.theme if note.at >= EARLY], start, until, VELOCITY)
    return separated([*own, *pickup])


def _renewed(
    plan: SongPlan, section: SectionPlan, part: Melody, melody: Melody, lyrics: Words
) -> tuple[Melody, Words]:
    """Return the song with another melody between the bar lines of a section."""
    start, end = plan.span(section)
    words = [syllable for syllable in lyrics if start <= syllable.start_beat < end]
    notes, syllables = sung_again(words, part, plan.metre.bar_beats)
    return (
        (
            *(note for note in melody if note.start_beat < start),
            *notes,
            *(note for note in melody if note.start_beat >= end),
        ),
        (
            *(syllable for syllable in lyrics if syllable.start_beat < start),
            *syllables,
            *(syllable for syllable in lyrics if syllable.start_beat >= end),
        ),
    )
