"""What was asked for this song: length, tempo, key, metre, instruments."""

import math
import re

import numpy as np

from backend.pipeline.artifacts import Arrangement, Check, Key, SongPlan
from backend.pipeline.mixing.measuring.key import key_name
from backend.pipeline.theory.scales import is_minor, key_on, scale_classes

_DURATION_TOLERANCE_SECONDS = 2.0
_TEMPO_TOLERANCE = 0.015

_OCTAVES = {
    1.0: "",
    2.0: "double: the audio pulses in half beats",
    0.5: "half: the audio pulses in pairs of beats",
}
_COMPOUND = {2 / 3: "the audio pulses in dotted beats", 4 / 3: "the audio pulses in half bars"}
_TRIPLE = {1 / 3: "the audio pulses in bars of three"}
"""Ratios of measured to asked tempo that sound alike, and what to say about them."""
_GRID_BEATS = 0.5
_ON_TIME_BEATS = 0.15
_LEAST_BAR_LINE_WEIGHT = 1.2


def duration_check(plan: SongPlan, seconds: float) -> Check:
    """Hold the length against what was asked, or else planned."""
    asked = plan.asked.get("length", f"{plan.duration_seconds:.1f} s, as planned")
    wanted = _seconds_in(asked)
    wanted = plan.duration_seconds if wanted is None else wanted
    passed = abs(seconds - wanted) <= _DURATION_TOLERANCE_SECONDS
    return Check("duration", asked, f"{seconds:.1f} s", passed)


def _seconds_in(text: str) -> float | None:
    """Read "95 s", "1:35", "2 min" or "2.5 minutes"."""
    if clock := re.search(r"(\d+):(\d\d)", text):
        return int(clock[1]) * 60.0 + int(clock[2])
    if number := re.search(r"(\d+(?:\.\d+)?)\s*(m?)", text):
        return float(number[1]) * (60.0 if number[2] else 1.0)
    return None


def tempo_check(plan: SongPlan, measured: float | None) -> Check:
    """Hold the tempo against what was asked; its octaves sound alike and pass."""
    asked = plan.asked["tempo"]
    if measured is None:
        return Check("tempo", asked, "no steady pulse found", passed=False)
    alike = dict(_OCTAVES)
    if plan.metre.numerator % 3 == 0:
        alike |= _COMPOUND if plan.metre.denominator == 8 else _TRIPLE
    for ratio, meaning in alike.items():
        if abs(measured / (plan.tempo_bpm * ratio) - 1) <= _TEMPO_TOLERANCE:
            detail = f" ({meaning})" if meaning else ""
            return Check("tempo", asked, f"{measured:.1f} BPM{detail}", passed=True)
    return Check("tempo", asked, f"{measured:.1f} BPM", passed=False)


def key_check(plan: SongPlan, measured: tuple[int, str] | None) -> Check:
    """Hold the key against what was asked.

    It is kept when the tonic and its third are heard, or the seven notes of the key: which of two
    keys with the same notes a song is in, is a matter of emphasis that ears disagree about as well.
    """
    asked = plan.asked["key"]
    if measured is None:
        return Check("key", asked, "no key stands out", passed=False)
    heard, name = key_on(*measured), key_name(*measured)
    if (heard.tonic, heard.mode) == (plan.key.tonic, plan.key.mode):
        return Check("key", asked, name, passed=True)
    if _same_notes(heard, plan.key):
        return Check("key", asked, f"{name} (the same notes as {plan.key})", passed=True)
    if heard.tonic == plan.key.tonic and is_minor(heard) == is_minor(plan.key):
        return Check("key", asked, f"{name} (tonic and third of {plan.key})", passed=True)
    return Check("key", asked, name, passed=False)


def _same_notes(one: Key, other: Key) -> bool:
    return set(scale_classes(one)) == set(scale_classes(other))


def metre_check(plan: SongPlan, arrangement: Arrangement) -> Check:
    """Hold the metre against the score: bar lines are where most is played.

    In songs of all styles and metres they carry 1.25 to 8 times the mean; lines drawn in a metre
    that the song is not in mostly carry about the mean.
    """
    played = np.zeros(round(plan.total_beats / _GRID_BEATS) + 1)
    for track in arrangement.tracks:
        for note in track.notes:
            place = round(note.start_beat / _GRID_BEATS)
            if abs(note.start_beat - place * _GRID_BEATS) < _ON_TIME_BEATS and place < played.size:
                played[place] += note.velocity * math.sqrt(min(note.duration_beats, 4.0))
    lines = np.round(np.arange(plan.total_bars) * plan.metre.bar_beats / _GRID_BEATS)
    weight = float(played[lines.astype(np.int64)].mean() / max(1e-9, float(played.mean())))
    measured = f"{plan.metre}: its bar lines carry {weight:.1f} times the mean of the score"
    return Check("metre", plan.asked["metre"], measured, weight >= _LEAST_BAR_LINE_WEIGHT)


def instruments_check(plan: SongPlan, arrangement: Arrangement) -> Check:
    """Hold the instruments against the score: a track that plays no note is not there."""
    playing = {track.track_id for track in arrangement.tracks if track.notes}
    silent = [track.name for track in plan.tracks if track.id not in playing]
    names = ", ".join(track.name for track in plan.tracks if track.id in playing)
    measured = f"{names} play (score)"
    if silent:
        measured += f"; {', '.join(silent)} never do"
    return Check("instruments", plan.asked["instruments"], measured, not silent)
