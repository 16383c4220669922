"""Asked against measured: what the finished audio shows, held against what was promised."""

import re

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Check,
    MixSettings,
    SongPlan,
    SongReport,
    SoundBank,
)
from backend.pipeline.mixing.limiter import true_peak_dbtp
from backend.pipeline.mixing.loudness import (
    integrated_lufs,
    k_weighted_energies,
    loudness_range_lu,
)
from backend.pipeline.mixing.measuring.faults import Faults, measure_faults
from backend.pipeline.mixing.measuring.key import key_name, measure_key
from backend.pipeline.mixing.measuring.tempo import measure_tempo_bpm

_LOUDNESS_TOLERANCE_LU = 0.3
_DURATION_TOLERANCE_SECONDS = 2.0
_TEMPO_TOLERANCE = 0.015
_LONGEST_SILENCE_SECONDS = 1.5

_OCTAVES = {
    1.0: "",
    2.0: "double: the audio pulses in half beats",
    0.5: "half: the audio pulses in pairs of beats",
}
_COMPOUND = {2 / 3: "the audio pulses in dotted beats", 4 / 3: "the audio pulses in half bars"}
_TRIPLE = {1 / 3: "the audio pulses in bars of three"}
"""Ratios of measured to asked tempo that sound alike, and what to say about them."""

_MODE_OFFSETS = {
    "major": 0,
    "dorian": 2,
    "phrygian": 4,
    "lydian": 5,
    "mixolydian": 7,
    "minor": 9,
    "locrian": 11,
}
"""Where the mode's tonic stands in the major scale with the same notes."""


def song_report(
    plan: SongPlan, settings: MixSettings, audio: NDArray[np.float32], bank: SoundBank
) -> SongReport:
    """Measure the master and hold it against what was asked.

    Parameters
    ----------
    plan : SongPlan
        Used only for what was asked, never for measuring.
    settings : MixSettings
        Loudness and ceiling asked for.
    audio : ndarray
        The master, shape (2, frames).
    bank : SoundBank
        Named in the report.
    """
    energies = k_weighted_energies(audio)
    loudness = integrated_lufs(energies)
    peak = true_peak_dbtp(audio)
    seconds = audio.shape[1] / SAMPLE_RATE
    tempo = measure_tempo_bpm(audio)
    key = measure_key(audio)
    checks = [
        _loudness_check(settings.loudness_lufs, loudness),
        Check(
            "true peak",
            f"at most {settings.ceiling_dbtp:.1f} dBTP",
            f"{peak:.2f} dBTP",
            peak <= settings.ceiling_dbtp,
        ),
        _duration_check(plan, seconds),
        *_fault_checks(measure_faults(audio)),
    ]
    if "tempo" in plan.asked:
        checks.append(_tempo_check(plan, tempo))
    if "key" in plan.asked:
        checks.append(_key_check(plan, key))
    return SongReport(
        loudness_lufs=round(loudness, 2),
        loudness_range_lu=round(loudness_range_lu(energies), 2),
        true_peak_dbtp=round(peak, 2),
        duration_seconds=round(seconds, 3),
        measured_tempo_bpm=None if tempo is None else round(tempo, 1),
        measured_key=None if key is None else key_name(*key),
        checks=tuple(checks),
        sound_bank=bank.name,
        sound_bank_licence=bank.licence,
        sound_bank_sha256=bank.sha256,
    )


def _loudness_check(asked: float, measured: float) -> Check:
    passed = abs(measured - asked) <= _LOUDNESS_TOLERANCE_LU
    return Check("loudness", f"{asked:.1f} LUFS", f"{measured:.2f} LUFS", passed)


def _duration_check(plan: SongPlan, seconds: float) -> Check:
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


def _fault_checks(faults: Faults) -> list[Check]:
    silence = faults.longest_silence_seconds
    return [
        Check(
            "silence",
            f"no hole over {_LONGEST_SILENCE_SECONDS:.1f} s",
            f"longest {silence:.2f} s",
            silence <= _LONGEST_SILENCE_SECONDS,
        ),
        Check("clipping", "none", f"{faults.clipped_runs} clipped runs", faults.clipped_runs == 0),
    ]


def _tempo_check(plan: SongPlan, measured: float | None) -> Check:
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


def _key_check(plan: SongPlan, measured: tuple[int, str] | None) -> Check:
    asked = plan.asked["key"]
    if measured is None:
        return Check("key", asked, "no key stands out", passed=False)
    name = key_name(*measured)
    tonic, mode = measured
    same_notes = _major_tonic(tonic, mode) == _major_tonic(plan.key.tonic, plan.key.mode)
    if (tonic, mode) == (plan.key.tonic, plan.key.mode):
        return Check("key", asked, name, passed=True)
    detail = f" (the same notes as {plan.key})" if same_notes else ""
    return Check("key", asked, name + detail, passed=same_notes)


def _major_tonic(tonic: int, mode: str) -> int:
    return (tonic - _MODE_OFFSETS[mode]) % 12
