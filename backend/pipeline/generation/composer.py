"""The second stage: a melody for every section that has one, and a line that answers it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from backend.pipeline.artifacts import Composition, Note, Role, SectionPlan, SongPlan, Syllable
from backend.pipeline.generation.account import account
from backend.pipeline.generation.answers import answers, separated
from backend.pipeline.generation.lyrics import sung, sung_again
from backend.pipeline.generation.melodist import Line, Melodist
from backend.pipeline.generation.themes import EARLY, as_notes
from backend.pipeline.generation.unfamiliar import unfamiliar
from backend.pipeline.progress import StageContext
from backend.pipeline.theory.voice_leading import unchained

VELOCITY = 84

Melody = tuple[Note, ...]
Timed = TypeVar("Timed", Note, Syllable)


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
    usual_melody = melody = unfamiliar(plan, melody)
    paths = [line.path for line in lines]
    for section in plan.sections:
        if section.seed is None:
            continue
        start, end = plan.span(section)
        own = melodist.line(section, section.seed)
        paths[section.index] = own.path
        notes, syllables = sung_again(
            _between(lyrics, start, end),
            _between(usual_melody, start, end),
            _in_bars(plan, section, own, lines),
            plan.metre.bar_beats,
        )
        notes = unfamiliar(plan, _spliced(usual_melody, notes, start, end), start, end)
        melody = _spliced(melody, _between(notes, start, end), start, end)
        lyrics = _spliced(lyrics, syllables, start, end)
    melody = melody if lyrics else _from_the_start(plan, melody)
    counter = answers(plan, melody, context)
    context.report(0.9, "The counter-line answers")
    return Composition(
        melody=melody,
        counter=counter,
        lyrics=lyrics,
        composed_by={index: path for index, path in enumerate(paths) if path},
        notes=account(plan, melody, paths),
    )


def _from_the_start(plan: SongPlan, melody: Melody) -> Melody:
    """Let a melody that is all there is begin with the song: a rest would be heard as a hole."""
    first = plan.sections[0]
    roles = {track.role for track in plan.tracks if track.id in first.track_ids}
    if not melody or roles != {Role.LEAD} or melody[0].start_beat >= plan.metre.bar_beats:
        return melody
    note = melody[0]
    return (replace(note, start_beat=0.0, duration_beats=note.end_beat), *melody[1:])


def _in_bars(plan: SongPlan, section: SectionPlan, line: Line, lines: Sequence[Line]) -> Melody:
    """Return what is sung between the bar lines of a section: its melody, and the next pick-up."""
    start, end = plan.span(section)
    after = lines[section.index + 1].theme if section.index + 1 < len(lines) else ()
    pickup = as_notes([note for note in after if note.at < EARLY], end, end, VELOCITY)
    until = pickup[0].start_beat if pickup else end
    own = as_notes([note for note in line.theme if note.at >= EARLY], start, until, VELOCITY)
    return unchained(separated([*own, *pickup]), section.chords)


def _between(events: tuple[Timed, ...], start: float, end: float) -> tuple[Timed, ...]:
    return tuple(event for event in events if start <= event.start_beat < end)


def _spliced(
    events: tuple[Timed, ...], own: tuple[Timed, ...], start: float, end: float
) -> tuple[Timed, ...]:
    """Return the events of a song with other ones between two beats."""
    return _between(events, 0.0, start) + own + _between(events, end, float("inf"))
