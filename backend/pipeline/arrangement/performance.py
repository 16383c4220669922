"""From written notes to played ones: swing, microtiming, accents, breath.

Timing errors of people are correlated: who is late stays late for a moment. They are drawn as a
first-order autoregression (Hennig et al. 2011 find long-range correlation; one lag is enough here).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.arrangement.scene import Scene
from backend.pipeline.artifacts import Note, Role, TrackPlan
from backend.pipeline.styles import Style
from backend.pipeline.theory.instruments import INSTRUMENTS, MONOPHONIC

LOOSENESS_MS = {
    Role.DRUMS: 2.5, Role.PERCUSSION: 4.0, Role.BASS: 4.0, Role.KEYS: 5.5, Role.GUITAR: 5.5,
    Role.LEAD: 7.0, Role.COUNTER: 7.0, Role.STRINGS: 7.0, Role.BRASS: 6.0, Role.PAD: 4.0,
    Role.ARP: 1.5, Role.EFFECTS: 0.0,
}  # fmt: skip
"""Standard deviation of onsets by role."""

MACHINES = frozenset({"techno", "house", "trance", "chiptune", "dubstep", "drum_and_bass", "trap"})
"""Styles that sequencers play: a third of the looseness."""

MEMORY = 0.8
"""Correlation of successive timing errors."""

VOICE_OF_KEY = {36: "K", 38: "S", 42: "H", 46: "H", 51: "H"}


SEAM = 0.05
"""Quarter notes before the end of a section from which nothing of it may begin."""


def perform(notes: Sequence[Note], scene: Scene, track: TrackPlan) -> list[Note]:
    """Humanise one track in one section; nobody is so early or late as to leave the section.

    Returns
    -------
    list of Note
        Ordered by start; velocities 1 to 127.
    """
    if not notes:
        return []
    plan, genre = scene.plan, scene.genre
    rng = scene.own_rng(track.id, "performance")
    ordered = sorted(notes, key=lambda note: (note.start_beat, note.pitch))
    beats = np.array([note.start_beat for note in ordered])
    swung = _swung(beats, plan.swing, genre.swing_grid)
    offsets = _offsets(ordered, genre, track, rng) * (plan.tempo_bpm / 60_000)
    starts = np.clip(swung + offsets, scene.start, scene.end - SEAM)
    level = _levels(ordered, scene.energy, track, rng)
    return [
        Note(
            note.pitch,
            round(float(start), 5),
            round(max(0.03, note.duration_beats), 5),
            int(velocity),
        )
        for note, start, velocity in zip(ordered, starts, level, strict=True)
    ]


def _swung(beats: NDArray[np.float64], swing: float, grid: int) -> NDArray[np.float64]:
    """Delay the second half of each eighth or sixteenth pair; triplets stay where they are."""
    if swing <= 0.501:
        return beats
    unit = 1.0 if grid == 8 else 0.5
    inside = beats / unit
    whole = np.floor(inside + 1e-9)
    part = inside - whole
    on_grid = np.abs(part * 4 - np.round(part * 4)) < 1e-4
    warped = np.where(part <= 0.5, part * swing / 0.5, swing + (part - 0.5) * (1 - swing) / 0.5)
    return np.asarray(np.where(on_grid, (whole + warped) * unit, beats))


def _offsets(
    notes: Sequence[Note], genre: Style, track: TrackPlan, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return delays in milliseconds; notes struck together stay together but for a trace."""
    looseness = LOOSENESS_MS[track.role]
    if any(part in MACHINES for part in genre.id.split("+")[:1]):
        looseness /= 3
    onset_of: dict[float, int] = {}
    places = [onset_of.setdefault(note.start_beat, len(onset_of)) for note in notes]
    shocks = rng.normal(0, looseness * np.sqrt(1 - MEMORY**2), len(onset_of))
    drift = np.empty(len(onset_of))
    value = 0.0
    for number, shock in enumerate(shocks):
        value = MEMORY * value + shock
        drift[number] = value
    together = rng.normal(0, looseness * 0.15, len(notes))
    style = np.array([_habit(note, genre, track) for note in notes])
    late = np.clip(drift, -25, 25)[places]
    return np.asarray(late + together + style)


def _habit(note: Note, genre: Style, track: TrackPlan) -> float:
    """Return the style's usual delay of a voice or role, in milliseconds."""
    name = VOICE_OF_KEY.get(note.pitch, "") if track.is_drums else track.role.value
    least, most = genre.microtiming_ms.get(name, (0.0, 0.0))
    return (least + most) / 2


def _levels(
    notes: Sequence[Note], energy: float, track: TrackPlan, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return velocities: as written, scaled by energy, never twice the same."""
    written = np.array([note.velocity for note in notes], dtype=float)
    strength = 1.0 if track.is_drums else 0.82 + 0.26 * energy
    spread = 3.0 if track.role in {Role.ARP, Role.PAD, Role.EFFECTS} else 4.5
    played = np.round(written * strength + rng.normal(0, spread, len(notes)))
    return np.clip(played, 1, 127).astype(np.int64)


def separated(notes: Sequence[Note], track: TrackPlan, end: float) -> tuple[Note, ...]:
    """Return the notes of a track so that no pitch overlaps itself and none outlasts ``end``.

    Instruments that sound one note at a time, and the voices, release every note before the next.
    """
    ordered = sorted(notes, key=lambda note: (note.start_beat, note.pitch))
    single = not track.is_drums and _is_single(track)
    kept: list[Note] = []
    last_at: dict[int, int] = {}
    for note in ordered:
        key = 0 if single else note.pitch
        place = last_at.get(key)
        if place is not None:
            before = kept[place]
            if note.start_beat - before.start_beat < 0.02:
                continue
            if before.end_beat > note.start_beat:
                gap = note.start_beat - before.start_beat
                kept[place] = replace(before, duration_beats=round(gap, 5))
        last_at[key] = len(kept)
        kept.append(note)
    return tuple(
        note
        if note.end_beat <= end
        else replace(note, duration_beats=round(end - note.start_beat, 5))
        for note in kept
        if note.start_beat < end - 0.02
    )


def _is_single(track: TrackPlan) -> bool:
    sung = track.role in {Role.LEAD, Role.COUNTER, Role.BASS}
    return sung or INSTRUMENTS[track.program].program in MONOPHONIC
