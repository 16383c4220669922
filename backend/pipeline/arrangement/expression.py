"""Pedal, swells, vibrato and bends."""

from collections.abc import Sequence
from itertools import pairwise

from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import ControlChange, Note, PitchBend, Role, SongPlan, TrackPlan

SUSTAIN, MODULATION, EXPRESSION = 64, 1, 11

PEDALLED = frozenset({0, 1, 2, 4, 5, 11, 46})
"""Programs whose player holds a pedal through a chord."""

BENDING = frozenset({22, 26, 27, 29, 30, 65, 66, 81, 84, 110})
"""Programs that scoop into notes where the style bends."""

BENDING_STYLES = frozenset({"blues", "rock", "funk", "rnb_soul", "country", "gospel", "metal",
                            "synthwave", "reggae"})  # fmt: skip

GLIDING_STYLES = frozenset({"trap", "dubstep"})

SWELLING = frozenset({Role.PAD, Role.STRINGS, Role.BRASS, Role.EFFECTS})


def controls_of(
    plan: SongPlan, track: TrackPlan, notes: Sequence[Note]
) -> tuple[ControlChange, ...]:
    """Return the controllers of a track, ordered by beat."""
    changes: list[ControlChange] = []
    if track.is_drums or not notes:
        return ()
    if track.role in {Role.KEYS, Role.ARP} and track.program in PEDALLED:
        changes += _pedal(plan, track)
    if track.role in SWELLING:
        changes += _swells(plan, track)
    if track.role in {Role.LEAD, Role.COUNTER}:
        changes += _vibrato(notes)
    return tuple(sorted(changes, key=lambda change: (change.beat, change.controller)))


def _pedal(plan: SongPlan, track: TrackPlan) -> list[ControlChange]:
    """Change the pedal just after each chord, where nobody else holds it."""
    holding = {t.id for t in plan.tracks if t.role in SWELLING and t.role is not Role.EFFECTS}
    changes = []
    for section in plan.sections:
        if track.id not in section.track_ids or holding & set(section.track_ids):
            continue
        for chord in section.chords:
            end = chord.start_beat + chord.duration_beats
            changes.append(ControlChange(round(chord.start_beat + 0.06, 4), SUSTAIN, 100))
            changes.append(ControlChange(round(end - 0.02, 4), SUSTAIN, 0))
    return changes


def _swells(plan: SongPlan, track: TrackPlan) -> list[ControlChange]:
    """Breathe over each section: in from its start, and up into a section of more energy."""
    changes = []
    for section in plan.sections:
        if track.id not in section.track_ids:
            continue
        bar = plan.metre.bar_beats
        start, length = section.start_bar * bar, section.bars * bar
        following = next((s for s in plan.sections if s.index == section.index + 1), section)
        level = 68 + 44 * section.energy
        goal = level + 50 * max(0.0, following.energy - section.energy)
        for step in range(section.bars * 2 + 1):
            through = step / (section.bars * 2)
            wave = 7 * (1 - abs(2 * ((through * section.bars / 4) % 1) - 1))
            value = level + wave + (goal - level) * max(0.0, through * 2 - 1) - 6
            beat = round(start + through * length * 0.999, 4)
            changes.append(ControlChange(beat, EXPRESSION, int(min(127, max(20, value)))))
    return changes


def _vibrato(notes: Sequence[Note]) -> list[ControlChange]:
    """Let long notes come alive after their first half."""
    changes = []
    for note in notes:
        if note.duration_beats >= 1.2:
            middle = note.start_beat + note.duration_beats * 0.45
            changes.append(ControlChange(round(middle, 4), MODULATION, 46))
            changes.append(ControlChange(round(note.end_beat - 0.01, 4), MODULATION, 0))
    return changes


def bends_of(scene: Scene, track: TrackPlan, notes: Sequence[Note]) -> tuple[PitchBend, ...]:
    """Return a section's scoops into longer notes of a bending lead, and glides of a sub bass."""
    styles = set(scene.plan.genre.split("+"))
    rng = scene.own_rng(track.id, "bends")
    bends: list[PitchBend] = []
    if track.role in {Role.LEAD, Role.COUNTER} and track.program in BENDING:
        if styles & BENDING_STYLES:
            for note in notes:
                if note.duration_beats >= 0.7 and rng.random() < 0.35:
                    bends += _scoop(note)
    elif track.role is Role.BASS and styles & GLIDING_STYLES:
        for note, after in pairwise(notes):
            step = after.pitch - note.pitch
            if note.duration_beats >= 0.9 and 0 < abs(step) <= 7 and rng.random() < 0.3:
                bends += _glide(note, step)
    return tuple(sorted(bends, key=lambda bend: bend.beat))


def _scoop(note: Note) -> list[PitchBend]:
    """Come from a semitone below within the first part of the note."""
    rise = min(0.25, note.duration_beats / 3)
    return [
        PitchBend(round(note.start_beat + rise * step / 5, 4), round(-1.0 + step / 5, 3))
        for step in range(6)
    ]


def _glide(note: Note, step: int) -> list[PitchBend]:
    """Slide towards the next note at the end of this one, two semitones at most, and reset."""
    goal = max(-2.0, min(2.0, float(step)))
    begin, end = note.end_beat - 0.3, note.end_beat - 0.01
    places = [begin + (end - begin) * part / 5 for part in range(6)]
    slide = [PitchBend(round(b, 4), round(goal * n / 5, 3)) for n, b in enumerate(places)]
    return [*slide, PitchBend(round(note.end_beat, 4), 0.0)]
