"""From what a client sets at the mixer to settings that the mix can obey, or a clear refusal."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from backend.errors import InvalidInput
from backend.pipeline.artifacts import MixSettings, StripSettings
from backend.pipeline.styles.library import find_style

Values = Mapping[str, Any]
"""What is set, by the name of the setting; None sets it back to the style's own."""


@dataclass(frozen=True, slots=True)
class MixChange:
    """What a client sets; whatever is left out stays as it is in the take."""

    settings: Values = field(default_factory=dict)
    """Of ``MixSettings``: loudness_lufs, dynamic, preset."""
    strips: Mapping[str, Values] = field(default_factory=dict)
    """Of ``StripSettings``, by track id."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a setting may be, and how the API spells it."""

    name: str
    low: float
    high: float
    accepted: str


_LOUDNESS = Range("targetLufs", -23, -9, "Loudness goes from -23 (broadcast) to -9 LUFS (club).")
_SEND = "A send goes from -60 (off) to 6 dB."
RANGES: Final[Mapping[str, Range]] = {
    "gain_db": Range("gainDb", -60, 24, "A level goes from -60 to 24 dB around the style's own."),
    "pan": Range("pan", -2, 2, "Panning goes from -2 to 2 around the style's own place."),
    "room_db": Range("roomDb", -60, 6, _SEND),
    "hall_db": Range("hallDb", -60, 6, _SEND),
    "echo_db": Range("echoDb", -60, 6, _SEND),
}
API_NAMES: Final[Mapping[str, str]] = {
    **{name: allowed.name for name, allowed in RANGES.items()},
    "muted": "muted",
    "loudness_lufs": _LOUDNESS.name,
    "dynamic": "dynamic",
    "preset": "preset",
}


def check_mix(before: MixSettings, change: MixChange, track_ids: frozenset[str]) -> MixSettings:
    """Return the settings with the change.

    Parameters
    ----------
    before : MixSettings
        Of the take that is mixed again.
    track_ids : frozenset of str
        The tracks of its song.

    Raises
    ------
    InvalidInput
        Naming the first field at fault and what would be accepted.
    """
    strips = dict(before.strips)
    for track_id, values in change.strips.items():
        if track_id not in track_ids:
            names = ", ".join(sorted(track_ids))
            raise InvalidInput(
                f"There is no track '{track_id[:40]}'; there are: {names}.", field="tracks"
            )
        strip = strips.get(track_id, StripSettings())
        strips[track_id] = replace(strip, **_strip(track_id, values))
    kept = {name: strip for name, strip in sorted(strips.items()) if strip != StripSettings()}
    return replace(before, **_settings(change.settings), strips=kept)


def fields_of(change: MixChange) -> tuple[str, ...]:
    """Return what is set, in the API's spelling: "targetLufs", "tracks.bass.gainDb"."""
    tracks = (
        f"tracks.{track_id}.{API_NAMES[name]}"
        for track_id, values in change.strips.items()
        for name in values
    )
    return (*(API_NAMES[name] for name in change.settings), *tracks)


def _strip(track_id: str, values: Values) -> dict[str, Any]:
    own = StripSettings()
    return {
        name: getattr(own, name)
        if value is None
        else _within(value, RANGES[name], f"tracks.{track_id}.{RANGES[name].name}")
        if name in RANGES
        else value
        for name, value in values.items()
    }


def _settings(values: Values) -> dict[str, Any]:
    own = MixSettings()
    checked = {
        name: getattr(own, name) if value is None else value for name, value in values.items()
    }
    if "loudness_lufs" in checked:
        _within(checked["loudness_lufs"], _LOUDNESS, _LOUDNESS.name)
    if (preset := checked.get("preset")) is not None:
        style = find_style(preset)
        if style is None:
            raise InvalidInput(
                f"'{preset[:40]}' is not a style to mix in; see `styles`.", field="preset"
            )
        checked["preset"] = style.id
    return checked


def _within(value: float, allowed: Range, name: str) -> float:
    if not math.isfinite(value) or not allowed.low <= value <= allowed.high:
        raise InvalidInput(allowed.accepted, field=name)
    return value
