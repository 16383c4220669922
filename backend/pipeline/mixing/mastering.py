"""From the mix to the finished master: tone, glue, loudness under a true-peak ceiling."""

import math
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import MixSettings
from backend.pipeline.mixing.blend import blocks
from backend.pipeline.mixing.chain import Chain
from backend.pipeline.mixing.dynamics import NO_COMPRESSOR, Compressor, compressor
from backend.pipeline.mixing.limiter import (
    GROUP,
    apply_gain,
    gain_curve,
    inter_sample_peaks,
    true_peak_dbtp,
)
from backend.pipeline.mixing.loudness import (
    HOP,
    SILENCE_LUFS,
    integrated_lufs,
    k_weighted_energies,
)
from backend.pipeline.mixing.spectrum import sample_spectra, spectral_loudness_lufs
from backend.pipeline.mixing.tone import Width, equaliser
from backend.pipeline.mixing.tones import TONES
from backend.pipeline.styles.model import MixStyle

_GLUE_LUFS = -18.0
_GLUE_THRESHOLD_DB = -16.0
_GLUE_ATTACK_MS, _GLUE_RELEASE_MS = 30.0, 180.0
_MARGIN_DB = 0.2
"""Below the ceiling: meters reconstruct peaks with other filters than the limiter's."""
_LEAST_LIMITING_DB = 1.0
"""What a dynamic master gives up at its highest peaks."""
_TOLERANCE_LU = 0.04
_MOST_DRIVE_DB = 40.0
_MOST_TRIALS = 12
_LONGEST_STEP_DB, _LEAST_SLOPE = 4.0, 0.15
_HEADROOM_DB = 14.0
"""How far below the limiter's ceiling waves are looked at between their samples: those between two
soft samples, and those that more drive will lift."""


def master(
    mix: NDArray[np.float32], audio: NDArray[np.float32], habits: MixStyle, settings: MixSettings
) -> None:
    """Make the master.

    Parameters
    ----------
    mix : ndarray
        The sum of the stems, shape (2, frames); left as it is.
    audio : ndarray
        Filled with the master.
    habits : MixStyle
        Tone, width, glue and headroom of the style.
    settings : MixSettings
        Loudness and ceiling.
    """
    settings = replace(settings, ceiling_dbtp=settings.ceiling_dbtp - habits.headroom_db)
    _shape(mix, audio, habits)
    _make_loud(audio, settings)
    over = true_peak_dbtp(audio) - (settings.ceiling_dbtp - _MARGIN_DB / 2)
    if over > 0:
        audio *= np.float32(10 ** (-over / 20))


def _shape(mix: NDArray[np.float32], audio: NDArray[np.float32], habits: MixStyle) -> None:
    spectra = sample_spectra(mix)
    loudness = spectral_loudness_lufs(spectra)
    gain = 10 ** ((_GLUE_LUFS - loudness) / 20) if loudness > SILENCE_LUFS else 1.0
    filters = equaliser(spectra, TONES[habits.tone])
    half = len(filters) // 2
    width = Width(mix, habits.width)
    lows = Chain(gain, filters[:half])
    highs = Chain(1.0, filters[half:], compressor=_glue(habits))
    with ThreadPoolExecutor(1) as beside:  # a block behind, on the other core
        behind: Future[None] | None = None
        for place in blocks(mix.shape[1]):
            block = audio[:, place]
            width.process(mix[:, place], block)
            lows.process(block, block)
            if behind is not None:
                behind.result()
            behind = beside.submit(highs.process, block, block)
        if behind is not None:
            behind.result()


def _glue(habits: MixStyle) -> Compressor:
    if habits.glue_ratio <= 1.0:
        return NO_COMPRESSOR
    return compressor(_GLUE_THRESHOLD_DB, habits.glue_ratio, _GLUE_ATTACK_MS, _GLUE_RELEASE_MS)


def _make_loud(audio: NDArray[np.float32], settings: MixSettings) -> None:
    """Drive the audio into the limiter until its programme loudness is the target, in place."""
    target_lufs, ceiling_dbtp = settings.loudness_lufs, settings.ceiling_dbtp - _MARGIN_DB
    energies = k_weighted_energies(audio)
    loudness = integrated_lufs(energies)
    if loudness <= SILENCE_LUFS:
        return
    ceiling = 10 ** (ceiling_dbtp / 20)
    drive_db = min(_MOST_DRIVE_DB, target_lufs - loudness)
    peaks = inter_sample_peaks(audio, ceiling * 10 ** (-(drive_db + _HEADROOM_DB) / 20))
    kept_db = ceiling_dbtp - 20 * math.log10(float(peaks.max())) + _LEAST_LIMITING_DB
    if settings.dynamic and drive_db > kept_db:
        drive = 10 ** (kept_db / 20)
        apply_gain(audio, gain_curve(peaks, ceiling / drive), drive)
        return
    drive_db, curve = _find_drive(peaks, energies, drive_db, target_lufs, ceiling)
    apply_gain(audio, curve, 10 ** (drive_db / 20))
    # the estimate is a few tenths off where the gain moves within a tenth of a second
    miss = target_lufs - integrated_lufs(k_weighted_energies(audio))
    if abs(miss) > _TOLERANCE_LU:
        better_db, better = _find_drive(peaks, energies, drive_db, target_lufs + miss, ceiling)
        apply_gain(audio, better / curve, 10 ** ((better_db - drive_db) / 20))


def _find_drive(
    peaks: NDArray[np.float32],
    energies: NDArray[np.float64],
    drive_db: float,
    target_lufs: float,
    ceiling: float,
) -> tuple[float, NDArray[np.float32]]:
    """Return the drive in dB that is expected to reach the loudness, and the limiter's gain.

    A decibel of drive gives less than a decibel of loudness once the limiter works; the steps
    follow the slope of the last one (the secant method).
    """
    curve = gain_curve(peaks, ceiling * 10 ** (-drive_db / 20))
    miss = target_lufs - _expected_lufs(energies, curve, drive_db)
    slope = 1.0
    for _ in range(_MOST_TRIALS):
        step = min(_LONGEST_STEP_DB, miss / slope)
        if abs(miss) < _TOLERANCE_LU / 2 or drive_db + step > _MOST_DRIVE_DB:
            break
        curve = gain_curve(peaks, ceiling * 10 ** (-(drive_db + step) / 20))
        after = target_lufs - _expected_lufs(energies, curve, drive_db + step)
        slope = min(1.0, max(_LEAST_SLOPE, (miss - after) / step))
        drive_db, miss = drive_db + step, after
    return drive_db, curve


def _expected_lufs(
    energies: NDArray[np.float64], curve: NDArray[np.float32], drive_db: float
) -> float:
    """Estimate the loudness behind the limiter from the gain in each tenth of a second."""
    places = (np.arange(energies.size + 1) * HOP / GROUP).astype(np.int64)
    squares = np.add.reduceat(np.square(curve), places[:-1]) / np.diff(places)
    return integrated_lufs(energies * squares[: energies.size] * math.pow(10, drive_db / 10))
