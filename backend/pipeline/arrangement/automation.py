"""What the arrangement moves on the mixer: levels by energy, fades, filters that open, echoes."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import (
    Automation,
    AutomationPoint,
    Role,
    SectionPlan,
    SongPlan,
    TrackPlan,
)
from backend.pipeline.styles import style
from backend.pipeline.styles.kinds import family
from backend.pipeline.styles.model import MixStyle

FADE = ((0.0, 0.0), (0.4, -5.0), (0.7, -14.0), (0.9, -28.0), (1.0, -42.0))
"""Level in dB over the length of a fade."""
LOWEST_SECTION_DB = -9.0
OPEN_HZ, CLOSED_HZ = 18_000.0, 450.0
STEP_BEATS = 0.1
"""How long before a section its level is reached: players come in a little early at times."""
DISTANCE = 0.35
"""Decibels of more room for each decibel that a section is softer."""
DRY_DB, THROWN_DB = -18.0, -4.0

FILTERED = frozenset({Role.KEYS, Role.PAD, Role.ARP, Role.STRINGS, Role.COUNTER})
DISTANT = FILTERED | {Role.LEAD, Role.GUITAR, Role.BRASS}
"""Who steps back into the hall where the song is calm."""

Points = list[tuple[float, float]]


def automate(plan: SongPlan) -> tuple[Automation, ...]:
    """Return every automation of the song."""
    habits = style(plan.genre).mix
    levels = _section_levels(plan, habits)
    gains = _faded(plan, levels) if plan.ending == "fade" else levels
    rooms = [(beat, round(-DISTANCE * level, 2)) for beat, level in levels]
    result: list[Automation] = []
    for track in plan.tracks:
        lines = {
            "gain_db": gains,
            "filter_hz": _filters(plan, track) if habits.filter_sweeps else [],
            "send_db": _sends(plan, track, habits, rooms),
        }
        result += [
            Automation(track.id, parameter, tuple(AutomationPoint(*point) for point in points))
            for parameter, points in lines.items()
            if any(value != 0.0 for _, value in points)
        ]
    return tuple(result)


def _section_levels(plan: SongPlan, habits: MixStyle) -> Points:
    """Return the level of the sections: the fullest at 0 dB, calm ones below, builds rising."""
    fullest = max(section.energy for section in plan.sections)
    levels = [
        round(max(LOWEST_SECTION_DB, habits.dynamics_db * (section.energy - fullest)), 2)
        for section in plan.sections
    ]
    points: Points = []
    for section, level, following in zip(
        plan.sections, levels, [*levels[1:], levels[-1]], strict=True
    ):
        start, end = _span(plan, section)
        rises = family(section.name) == "lift" and following > level
        points.append((start, level))
        points.append((end - STEP_BEATS, following if rises else level))
    return points


def _faded(plan: SongPlan, levels: Points) -> Points:
    """Fade over the last quarter of the song, eight bars at most."""
    end = plan.total_beats
    bars = min(8, max(1, plan.total_bars // 4))
    start = end - bars * plan.metre.bar_beats
    fade = [(start + share * (end - start), level) for share, level in FADE]
    beats = sorted({round(beat, 4) for beat, _ in (*levels, *fade)})
    sums = _at(beats, levels) + _at(beats, fade)
    return [(beat, round(float(level), 2)) for beat, level in zip(beats, sums, strict=True)]


def _at(beats: Sequence[float], points: Points) -> NDArray[np.float64]:
    places, values = zip(*points, strict=True)
    return np.asarray(np.interp(beats, places, values))


def _filters(plan: SongPlan, track: TrackPlan) -> Points:
    """Open a low-pass through intros, builds and breaks."""
    if track.role not in FILTERED:
        return []
    points: Points = []
    for section in plan.sections:
        opens = section.name in {"build", "intro", "break", "breakdown"}
        is_last = section.index == len(plan.sections) - 1
        if not opens or is_last or track.id not in section.track_ids:
            continue
        start, end = _span(plan, section)
        points += [
            (max(0.0, start - 0.01), OPEN_HZ if start else CLOSED_HZ),
            (start, CLOSED_HZ),
            ((start + end) / 2, 1_600.0),
            (end, OPEN_HZ),
        ]
    return points


def _sends(plan: SongPlan, track: TrackPlan, habits: MixStyle, rooms: Points) -> Points:
    """Step back where the song is calm; or throw the lead into the echo as its sections end."""
    if track.role is not Role.LEAD or not habits.echo_throws:
        return rooms if track.role in DISTANT else []
    points: Points = []
    for section in plan.sections:
        if track.id in section.track_ids:
            _, end = _span(plan, section)
            start = end - plan.metre.bar_beats
            points += [
                (max(0.0, start - 0.01), DRY_DB),
                (start, THROWN_DB),
                (end - 0.01, THROWN_DB),
                (end, DRY_DB),
            ]
    return points


def _span(plan: SongPlan, section: SectionPlan) -> tuple[float, float]:
    """Return the beats where a section begins and ends."""
    start = section.start_bar * plan.metre.bar_beats
    return start, start + section.bars * plan.metre.bar_beats
