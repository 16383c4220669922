"""How hard a master is driven into the limiter, and what is shaved off its peaks before.

Most of what makes a song loud is linear gain. The limiter's share is bounded: a wave that is
limited all the time has lost its dynamics, and more drive hardly makes it louder (E. Vickers, "The
Loudness War: Background, Speculation and Recommendations", AES Convention 129, 2010). Where the
limiter asks for much, the clipper shaves peaks first. In songs of all styles at −9 LUFS both
together bend the wave less than the limiter alone (docs/sound.md); the constants were set on them.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import MixSettings
from backend.pipeline.mixing.clipper import shave
from backend.pipeline.mixing.limiter import GROUP, apply_gain, gain_curve, inter_sample_peaks
from backend.pipeline.mixing.loudness import (
    HOP,
    SILENCE_LUFS,
    integrated_lufs,
    k_weighted_energies,
)

MARGIN_DB = 0.2
"""Below the ceiling: meters reconstruct peaks with other filters than the limiter's."""

_LEAST_LIMITING_DB = 1.0
"""What a dynamic master gives up at its highest peaks."""
_MOST_LINEAR_DB = 40.0
"""Of a song that is all but silent."""
_USUAL_EXTRA_DB = 2.5
"""Drive on top of the linear gain; where more would be needed, peaks are shaved."""
_MOST_EXTRA_DB = 8.0
"""Where even that is not enough, the song stays softer than asked, and its report says so."""
_MOST_SHAVED_DB = 10.0
_SHAVED_HEADROOM_DB = 0.6
"""Below the ceiling, for what was shaved: MP3 lifts the peaks of flat waves by more than others."""
_HALVINGS = 7
"""Of the range of levels to shave at: to less than a tenth of a decibel."""
_TOLERANCE_LU = 0.04
_MOST_TRIALS = 12
_MOST_CORRECTIONS = 4
_USUAL_MISS_LU = 0.5
"""What one correction brings below what anybody hears or a report blames."""
_LONGEST_STEP_DB, _SHORTEST_STEP_DB, _LEAST_SLOPE = 4.0, 0.001, 0.15
_HEADROOM_DB = 14.0
"""How far below the limiter's ceiling waves are looked at between their samples: those between two
soft samples, and those that more drive will lift."""

Peaks = NDArray[np.float32]
Energies = NDArray[np.float64]


class _Goal(NamedTuple):
    """What the limiter works for."""

    lufs: float
    ceiling: float
    linear_db: float
    """What would make the song as loud without a limiter."""


def make_loud(audio: NDArray[np.float32], settings: MixSettings) -> None:
    """Drive the audio into the limiter until its programme loudness is the target, in place.

    Parameters
    ----------
    audio : ndarray
        Shape (2, frames).
    settings : MixSettings
        Loudness, ceiling, and whether peaks are kept at the cost of loudness.
    """
    energies = k_weighted_energies(audio)
    loudness = integrated_lufs(energies)
    if loudness <= SILENCE_LUFS:
        return
    ceiling = 10 ** ((settings.ceiling_dbtp - MARGIN_DB) / 20)
    linear_db = min(_MOST_LINEAR_DB, settings.loudness_lufs - loudness)
    goal = _Goal(settings.loudness_lufs, ceiling, linear_db)
    peaks = _peaks(audio, goal)
    kept_db = 20 * math.log10(ceiling / float(peaks.max())) + _LEAST_LIMITING_DB
    if settings.dynamic and linear_db > kept_db:
        drive = 10 ** (kept_db / 20)
        apply_gain(audio, gain_curve(peaks, ceiling / drive), drive)
        return
    drive_db, curve = _find_drive(peaks, energies, linear_db, goal)
    if drive_db > linear_db + _USUAL_EXTRA_DB:
        goal = goal._replace(ceiling=ceiling * 10 ** (-_SHAVED_HEADROOM_DB / 20))
        shave(audio, _level(peaks, energies, goal))
        energies, peaks = k_weighted_energies(audio), _peaks(audio, goal)
        drive_db, curve = _find_drive(peaks, energies, linear_db, goal)
    apply_gain(audio, curve, 10 ** (drive_db / 20))
    _correct(audio, peaks, energies, (drive_db, curve), goal)


def _correct(
    audio: NDArray[np.float32],
    peaks: Peaks,
    energies: Energies,
    driven: tuple[float, NDArray[np.float32]],
    goal: _Goal,
) -> None:
    """Bring what was driven and limited to the loudness that was only estimated, in place.

    The estimate is a few tenths off where the gain moves within a tenth of a second, and more where
    all there is are short strokes.
    """
    (drive_db, curve), nearer = driven, goal
    for _ in range(_MOST_CORRECTIONS):
        miss = goal.lufs - integrated_lufs(k_weighted_energies(audio))
        if abs(miss) <= _TOLERANCE_LU:
            return
        nearer = nearer._replace(lufs=nearer.lufs + miss)
        better_db, better = _find_drive(peaks, energies, drive_db, nearer)
        apply_gain(audio, better / curve, 10 ** ((better_db - drive_db) / 20))
        if abs(miss) <= _USUAL_MISS_LU:
            return
        drive_db, curve = better_db, better


def _peaks(audio: NDArray[np.float32], goal: _Goal) -> Peaks:
    return inter_sample_peaks(audio, goal.ceiling * 10 ** (-(goal.linear_db + _HEADROOM_DB) / 20))


def _level(peaks: Peaks, energies: Energies, goal: _Goal) -> float:
    """Return the highest level for the peaks at which the usual drive is expected to be enough.

    It is never below what linear gain lifts to the ceiling: where the music is that dense, shaving
    more would add distortion alone.
    """
    high = float(peaks.max())
    low = max(goal.ceiling * 10 ** (-goal.linear_db / 20), high * 10 ** (-_MOST_SHAVED_DB / 20))
    drive_db = goal.linear_db + _USUAL_EXTRA_DB
    for _ in range(_HALVINGS):
        level = math.sqrt(low * high)
        curve = gain_curve(np.minimum(peaks, level), goal.ceiling * 10 ** (-drive_db / 20))
        if _expected_lufs(energies, curve, drive_db) < goal.lufs:
            high = level
        else:
            low = level
    return low


def _find_drive(
    peaks: Peaks, energies: Energies, drive_db: float, goal: _Goal
) -> tuple[float, NDArray[np.float32]]:
    """Return the drive in dB that is expected to reach the loudness, and the limiter's gain.

    A decibel of drive gives less than a decibel of loudness once the limiter works; the steps
    follow the slope of the last one (the secant method).
    """
    curve = gain_curve(peaks, goal.ceiling * 10 ** (-drive_db / 20))
    miss = goal.lufs - _expected_lufs(energies, curve, drive_db)
    slope, most_db = 1.0, goal.linear_db + _MOST_EXTRA_DB
    for _ in range(_MOST_TRIALS):
        step = min(_LONGEST_STEP_DB, miss / slope, most_db - drive_db)
        if abs(miss) < _TOLERANCE_LU / 2 or abs(step) < _SHORTEST_STEP_DB:
            break
        curve = gain_curve(peaks, goal.ceiling * 10 ** (-(drive_db + step) / 20))
        after = goal.lufs - _expected_lufs(energies, curve, drive_db + step)
        slope = min(1.0, max(_LEAST_SLOPE, (miss - after) / step))
        drive_db, miss = drive_db + step, after
    return drive_db, curve


def _expected_lufs(energies: Energies, curve: NDArray[np.float32], drive_db: float) -> float:
    """Estimate the loudness behind the limiter from the gain in each tenth of a second."""
    places = (np.arange(energies.size + 1) * HOP / GROUP).astype(np.int64)
    squares = np.add.reduceat(np.square(curve), places[:-1]) / np.diff(places)
    return integrated_lufs(energies * squares[: energies.size] * math.pow(10, drive_db / 10))
