"""Asked against measured: what the finished audio shows, held against what was promised."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.pipeline.artifacts import (
    SAMPLE_RATE,
    Arrangement,
    Check,
    MixSettings,
    SongPlan,
    SongReport,
    Stems,
)
from backend.pipeline.mixing.checks.asked import (
    duration_check,
    instruments_check,
    key_check,
    metre_check,
    tempo_check,
)
from backend.pipeline.mixing.checks.record import (
    fault_checks,
    loudness_check,
    peak_check,
    range_checks,
    sounds_check,
    stereo_checks,
)
from backend.pipeline.mixing.checks.tone import empty_bands, tone_checks
from backend.pipeline.mixing.habits import habits_of
from backend.pipeline.mixing.limiter import true_peak_dbtp
from backend.pipeline.mixing.loudness import (
    integrated_lufs,
    loudness_curve_lufs,
    loudness_range_lu,
    stereo_and_mono_energies,
)
from backend.pipeline.mixing.measuring.faults import measure_faults
from backend.pipeline.mixing.measuring.key import key_name, measure_key
from backend.pipeline.mixing.measuring.stereo import measure_stereo
from backend.pipeline.mixing.measuring.tempo import measure_tempo_bpm
from backend.pipeline.mixing.spectrum import octave_levels_db, sample_spectra


@dataclass(frozen=True, slots=True)
class Heard:
    """The rendered sound that the report measures."""

    master: NDArray[np.float32]
    """Shape (2, frames)."""
    tonal: tuple[NDArray[np.float32], ...]
    """The mixed tracks without drums and effects: the key is measured on their sum."""


def song_report(
    plan: SongPlan,
    arrangement: Arrangement,
    stems: Stems,
    settings: MixSettings,
    heard: Heard,
) -> SongReport:
    """Measure the finished sound and hold it against what was asked.

    It uses one thread: meanwhile the other core makes the MP3.

    Parameters
    ----------
    plan : SongPlan
        Used only for what was asked and who plays, never for measuring the sound.
    arrangement : Arrangement
        The score: metre, instruments and which bands somebody fills are read from it.
    stems : Stems
        Which bank played, and what stood in.
    settings : MixSettings
        Loudness and ceiling asked for, and in which style's manner it was mixed.
    heard : Heard
        The sound.
    """
    audio = heard.master
    habits = habits_of(plan, settings)
    energies, mono_energies = stereo_and_mono_energies(audio)
    loudness, spread = integrated_lufs(energies), loudness_range_lu(energies)
    peak = true_peak_dbtp(audio)
    seconds, spectrum = audio.shape[1] / SAMPLE_RATE, octave_levels_db(sample_spectra(audio))
    tempo, key = measure_tempo_bpm(audio), measure_key(heard.tonal or (audio,))
    checks = (
        loudness_check(settings, loudness),
        peak_check(settings, peak),
        *range_checks(habits, seconds, spread),
        *tone_checks(habits.tone, spectrum, empty_bands(plan, arrangement)),
        duration_check(plan, seconds),
        *fault_checks(measure_faults(audio)),
        *stereo_checks(measure_stereo(audio, energies, mono_energies)),
        sounds_check(stems.fallbacks),
        *_asked_checks(plan, arrangement, tempo, key),
    )
    return SongReport(
        loudness_lufs=round(loudness, 2),
        loudness_range_lu=round(spread, 2),
        true_peak_dbtp=round(peak, 2),
        duration_seconds=round(seconds, 3),
        measured_tempo_bpm=None if tempo is None else round(tempo, 1),
        measured_key=None if key is None else key_name(*key),
        checks=checks,
        sound_bank=stems.bank.name,
        sound_bank_licence=stems.bank.licence,
        sound_bank_sha256=stems.bank.sha256,
        loudness_curve_lufs=tuple(
            round(float(level), 1) for level in loudness_curve_lufs(energies)
        ),
    )


def _asked_checks(
    plan: SongPlan, arrangement: Arrangement, tempo: float | None, key: tuple[int, str] | None
) -> Iterator[Check]:
    """Check what was asked for and nothing else: what the plan chose alone is no promise."""
    if "tempo" in plan.asked:
        yield tempo_check(plan, tempo)
    if "key" in plan.asked:
        yield key_check(plan, key)
    if "metre" in plan.asked:
        yield metre_check(plan, arrangement)
    if "instruments" in plan.asked:
        yield instruments_check(plan, arrangement)
