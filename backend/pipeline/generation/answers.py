"""The second voice: it answers in the melody's rests and moves while long notes are held."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backend.pipeline.artifacts import Chord, Note, Role, SectionPlan, SongPlan
from backend.pipeline.progress import StageContext
from backend.pipeline.theory.instruments import INSTRUMENTS
from backend.pipeline.theory.scales import scale_classes
from backend.pipeline.theory.voice_leading import unchained

SHORTEST_GAP = 1.25
"""Quarter notes of rest from which an answer fits."""

FIGURES = ((0.0, 0.5, 1.0), (0.5, 1.0), (0.0, 0.5), (0.5, 1.0, 1.5), (0.0, 1.0))
"""Rhythms of answers, in quarter notes after the melody stops."""


def answers(plan: SongPlan, melody: Sequence[Note], context: StageContext) -> tuple[Note, ...]:
    """Return the counter-line of the sections in which a counter instrument plays."""
    seats = {track.id: track for track in plan.tracks if track.role is Role.COUNTER}
    notes: list[Note] = []
    for section in plan.sections:
        playing = [seats[track_id] for track_id in section.track_ids if track_id in seats]
        if playing:
            instrument = INSTRUMENTS[playing[0].program]
            notes += _section(plan, section, melody, (instrument.low, instrument.high), context)
    return separated(notes)


def separated(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Order notes by start and let each end before the next; one note per place."""
    ordered = sorted({n.start_beat: n for n in notes}.values(), key=lambda note: note.start_beat)
    limits = [*(note.start_beat for note in ordered[1:]), float("inf")]
    return tuple(
        replace(note, duration_beats=round(min(note.duration_beats, limit - note.start_beat), 6))
        for note, limit in zip(ordered, limits, strict=False)
    )


def _section(
    plan: SongPlan, section: SectionPlan, melody: Sequence[Note], reach: tuple[int, int],
    context: StageContext,
) -> tuple[Note, ...]:  # fmt: skip
    start, end = plan.span(section)
    rng = context.seeded(section.seed).generator(section.name, "counter")
    figure = FIGURES[int(rng.integers(len(FIGURES)))]
    inside = [note for note in melody if start <= note.start_beat < end]
    centre = (sum(n.pitch for n in inside) / len(inside) if inside else 67) - 5
    low = max(reach[0], round(centre - 9))
    high = max(min(reach[1], round(centre + 9)), low + 11)
    scale = set(scale_classes(section.key))
    ladder = [pitch for pitch in range(low, min(high, reach[1]) + 1) if pitch % 12 in scale]
    notes: list[Note] = []
    for gap_start, gap_end in _gaps(inside, start, end):
        notes += _answer(section, ladder, figure, gap_start, gap_end, rng)
    if section.energy >= 0.7 or not notes:
        notes += _guide_tones(section, ladder, notes)
    return unchained(separated(notes), section.chords)


def _gaps(melody: Sequence[Note], start: float, end: float) -> list[tuple[float, float]]:
    """Return where the melody is silent, or holds a note so long that something may move."""
    gaps = []
    edge = start
    for note in melody:
        if note.start_beat - edge >= SHORTEST_GAP:
            gaps.append((edge, note.start_beat))
        held = note.duration_beats >= 2.5
        edge = note.start_beat + 1.0 if held else note.end_beat
    if end - edge >= SHORTEST_GAP:
        gaps.append((edge, end))
    return gaps


def _answer(
    section: SectionPlan, ladder: list[int], figure: tuple[float, ...], start: float, end: float,
    rng: np.random.Generator,
) -> list[Note]:  # fmt: skip
    """Play the section's figure in a gap, along the scale towards a chord tone."""
    begin = np.ceil(start * 2) / 2
    places = [begin + at for at in figure if begin + at <= end - 0.5]
    if not places or not ladder:
        return []
    goal_chord = chord_at(section.chords, places[-1])
    goals = [n for n, pitch in enumerate(ladder) if pitch % 12 in goal_chord.tones]
    if not goals:
        return []
    goal = goals[int(rng.integers(len(goals)))]
    direction = 1 if rng.random() < 0.5 else -1
    notes = []
    for back, place in enumerate(reversed(places)):
        step = max(0, min(len(ladder) - 1, goal - direction * back))
        following = places[len(places) - back] if back else min(end, place + 1.5)
        notes.append(Note(ladder[step], place, max(0.25, (following - place) * 0.95), 70))
    return notes[::-1]


def _guide_tones(section: SectionPlan, ladder: list[int], taken: Sequence[Note]) -> list[Note]:
    """Hold thirds and sevenths, moving as little as possible, where no answer is played."""
    notes: list[Note] = []
    before = ladder[len(ladder) // 2] if ladder else 60
    for chord in section.chords:
        end = chord.start_beat + chord.duration_beats
        busy = any(n.start_beat < end and n.end_beat > chord.start_beat for n in taken)
        guide = chord.tones[1:2] + chord.tones[3:4]
        options = [pitch for pitch in ladder if pitch % 12 in guide]
        if busy or not options or chord.duration_beats < 1:
            continue
        before = min(options, key=lambda pitch: abs(pitch - before))
        notes.append(Note(before, chord.start_beat, chord.duration_beats * 0.95, 58))
    return notes


def chord_at(chords: Sequence[Chord], beat: float) -> Chord:
    """Return the chord that sounds at a beat."""
    starts = [chord.start_beat for chord in chords]
    return chords[max(0, bisect_right(starts, beat + 1e-6) - 1)]
