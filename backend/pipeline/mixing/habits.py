"""The manner in which a song is mixed."""

from dataclasses import replace

from backend.pipeline.artifacts import MixSettings, Role, SongPlan
from backend.pipeline.styles import style
from backend.pipeline.styles.model import MixStyle

_FEW = 2
"""Instruments that without bass and drums are no band."""


def habits_of(plan: SongPlan, settings: MixSettings) -> MixStyle:
    """Return the habits of the style that was asked for, or else of the song's own.

    A target for the tone is that of bands. One or two instruments leave most of its octaves empty:
    an equaliser would bring out noise there and take away what the instruments are known by, so
    they keep their tone unless another style's manner was asked for.
    """
    habits = style(settings.preset or plan.genre).mix
    own = settings.preset is None and not _is_band(plan)
    return replace(habits, tone="") if own else habits


def _is_band(plan: SongPlan) -> bool:
    playing = [track for track in plan.tracks if track.role is not Role.EFFECTS]
    instruments = {(track.is_drums, track.program) for track in playing}
    rhythm = any(track.is_drums or track.role is Role.BASS for track in playing)
    return len(instruments) > (1 if rhythm else _FEW)
