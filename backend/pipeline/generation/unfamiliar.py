"""No ten notes in a row may stand in the training data: what would be a copy is changed here.

The model avoids copies while it sings, but bars that are assembled, moved or mended by rules may
complete one, and rules may meet one by chance.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backend.pipeline.artifacts import Note, SongPlan
from backend.pipeline.generation.neural import RUN_NOTES, copied_runs
from backend.pipeline.theory.scales import scale_classes

MOST_CHANGES = 24
"""Notes that are changed in one go; one for each copied run usually suffices."""

Melody = tuple[Note, ...]


def unfamiliar(
    plan: SongPlan, melody: Melody, start: float = 0.0, end: float = float("inf")
) -> Melody:
    """Return the melody without copied runs, a note here and there moved along the scale.

    Parameters
    ----------
    start, end : float
        Only notes that begin between these beats are changed.
    """
    for _ in range(MOST_CHANGES):
        runs = copied_runs(melody)
        changed = _changed(plan, melody, runs, start, end) if runs else None
        if changed is None:
            break
        melody = changed
    return melody


def _changed(
    plan: SongPlan, melody: Melody, runs: Sequence[int], start: float, end: float
) -> Melody | None:
    """Return the melody with one note of a run moved so that fewer runs are known."""
    for run in runs:
        for place in _from_the_middle(run):
            if not start <= melody[place].start_beat < end:
                continue
            for pitch in _neighbours(plan, melody[place]):
                moved = replace(melody[place], pitch=pitch)
                tried = (*melody[:place], moved, *melody[place + 1 :])
                if len(copied_runs(tried)) < len(runs):
                    return tried
    return None


def _from_the_middle(run: int) -> Iterator[int]:
    middle = run + RUN_NOTES // 2
    for distance in range(RUN_NOTES // 2):
        yield middle + distance
        yield middle - 1 - distance


def _neighbours(plan: SongPlan, note: Note) -> tuple[int, ...]:
    """Return pitches near a note that suit it: of the chord, or of the scale if it is short."""
    section = next(s for s in reversed(plan.sections) if plan.span(s)[0] <= note.start_beat)
    starts = [chord.start_beat for chord in section.chords]
    chord = section.chords[max(0, bisect_left(starts, note.start_beat + 1e-6) - 1)]
    weak = note.duration_beats < 1 and note.start_beat % 1 > 0
    suits = {*chord.tones, *(scale_classes(section.key) if weak else ())}
    steps = (2, -2, 1, -1, 3, -3, 4, -4, 5, -5)
    return tuple(note.pitch + step for step in steps if (note.pitch + step) % 12 in suits)
