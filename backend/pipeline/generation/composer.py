"""The second stage: a melody for every section that has one, and a line that answers it."""

from backend.pipeline.artifacts import Composition, Note, SongPlan
from backend.pipeline.generation.answers import answers, separated
from backend.pipeline.generation.lyrics import sung
from backend.pipeline.generation.melodist import Melodist
from backend.pipeline.generation.themes import as_notes
from backend.pipeline.progress import StageContext


def generate(plan: SongPlan, context: StageContext) -> Composition:
    """Compose melody, counter-line and the placing of the lyrics.

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
    melody: list[Note] = []
    composed_by: dict[int, str] = {}
    for section in plan.sections:
        theme, path = melodist.line(section)
        if theme:
            melody += as_notes(theme, *plan.span(section), 84)
            composed_by[section.index] = path
        context.report(0.7 * (section.index + 1) / len(plan.sections), f"{section.label} composed")
    line = separated(melody)
    line, lyrics = sung(plan, line, context)
    counter = answers(plan, line, context)
    context.report(0.9, "The counter-line answers")
    return Composition(
        melody=line,
        counter=counter,
        lyrics=lyrics,
        composed_by=composed_by,
    )
