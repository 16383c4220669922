"""Where each track stands in the mix: level, place, sends and what moves them."""

import math
from dataclasses import dataclass, replace

import numpy as np

from backend.pipeline.artifacts import (
    Arrangement,
    MixSettings,
    Role,
    SongPlan,
    StripSettings,
    TrackPlan,
)
from backend.pipeline.mixing.curves import (
    Curve,
    automation_curve,
    duck_gain,
    duck_shape,
)
from backend.pipeline.mixing.strips import STRIPS, Strip
from backend.pipeline.styles.model import MixStyle
from backend.pipeline.theory.tempo_map import TempoMap

_MOST_PAN = 0.9


@dataclass(frozen=True, slots=True)
class Channel:
    """One track at the mixer, before its level is known."""

    track: TrackPlan
    strip: Strip
    user: StripSettings
    target_lufs: float
    pan: float
    gain: Curve
    """Ducking, automation and the song's fade together."""
    sends: Curve
    """Gain of all sends over time."""
    cutoff_hz: Curve | None
    """A moving low-pass."""


def channels(
    plan: SongPlan,
    arrangement: Arrangement,
    settings: MixSettings,
    habits: MixStyle,
    fade: Curve,
) -> tuple[Channel, ...]:
    """Return a channel for every track of the arrangement, in its order.

    Parameters
    ----------
    plan, arrangement : SongPlan, Arrangement
        Roles, kick and automation.
    settings : MixSettings
        What the user set.
    habits : MixStyle
        The style's habits.
    fade : ndarray
        The curve of the song's fades; it says how long the song is, too.
    """
    tempo = TempoMap.from_plan(plan)
    plans = {track.id: track for track in plan.tracks}
    order = [plans[track.track_id] for track in arrangement.tracks]
    kick = duck_shape(plan, arrangement, tempo, fade.size)
    crowd = {role: sum(track.role is role for track in order) for role in Role}
    seen: dict[Role, int] = dict.fromkeys(Role, 0)
    result = []
    for track in order:
        strip = STRIPS[track.role]
        user = settings.strips.get(track.id, StripSettings())
        level_db = automation_curve(arrangement.automation, track.id, "gain_db", tempo, fade.size)
        send_db = automation_curve(arrangement.automation, track.id, "send_db", tempo, fade.size)
        gain = fade * duck_gain(kick, habits.duck_db * strip.duck)
        result.append(
            Channel(
                track=track,
                strip=_with_sends(strip, habits, user),
                user=user,
                target_lufs=strip.level_lufs
                + habits.lift_db.get(track.role, 0.0)
                - 6.0 * math.log10(crowd[track.role]),
                pan=_place(strip, user, habits, seen[track.role], crowd[track.role]),
                gain=gain if level_db is None else gain * _linear(level_db),
                sends=np.ones(fade.size, np.float32) if send_db is None else _linear(send_db),
                cutoff_hz=automation_curve(
                    arrangement.automation, track.id, "filter_hz", tempo, fade.size
                ),
            )
        )
        seen[track.role] += 1
    return tuple(result)


def _with_sends(strip: Strip, habits: MixStyle, user: StripSettings) -> Strip:
    """Return the strip with the style's sends, where the user has not set others."""
    return replace(
        strip,
        room_db=strip.room_db + habits.room_db if user.room_db is None else user.room_db,
        hall_db=strip.hall_db + habits.hall_db if user.hall_db is None else user.hall_db,
        echo_db=strip.echo_db + habits.echo_db if user.echo_db is None else user.echo_db,
    )


def _place(strip: Strip, user: StripSettings, habits: MixStyle, index: int, crowd: int) -> float:
    """Spread tracks of one role to both sides; several sit farther out than one."""
    side = 1.0 if index % 2 == 0 else -1.0
    spread = 1.6 if crowd > 1 else 1.0
    place = strip.pan * side * spread * (0.4 + 0.75 * habits.width)
    return max(-1.0, min(1.0, max(-_MOST_PAN, min(_MOST_PAN, place)) + user.pan))


def _linear(decibels: Curve) -> Curve:
    return np.power(10.0, decibels / 20, dtype=np.float32)
