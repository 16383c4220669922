"""What every record holds, whatever was asked for: loudness, sides, nothing amiss."""

from backend.pipeline.artifacts import Check, MixSettings
from backend.pipeline.mixing.measuring.faults import Faults
from backend.pipeline.mixing.measuring.stereo import Stereo
from backend.pipeline.styles.model import MixStyle

_LOUDNESS_TOLERANCE_LU = 0.3
_LEAST_RANGE_LU, _MOST_RANGE_LU = 3.0, 12.0
_SHORTEST_WITH_RANGE_SECONDS = 60.0
_LONGEST_JINGLE_SECONDS = 30.0
_LONGEST_SILENCE_SECONDS = 1.5
_LEAD_IN_SECONDS = 0.1
_TAIL_DBFS = -60.0
_MOST_DC_OFFSET = 0.001
_MONO_LOSS_LU = 3.0


def loudness_check(settings: MixSettings, measured: float) -> Check:
    """Hold the programme loudness against its target, which a dynamic master only stays under."""
    asked = settings.loudness_lufs
    if settings.dynamic:
        passed = measured <= asked + _LOUDNESS_TOLERANCE_LU
        return Check(
            "loudness", f"at most {asked:.1f} LUFS, peaks kept", f"{measured:.2f} LUFS", passed
        )
    passed = abs(measured - asked) <= _LOUDNESS_TOLERANCE_LU
    return Check("loudness", f"{asked:.1f} LUFS", f"{measured:.2f} LUFS", passed)


def peak_check(settings: MixSettings, measured: float) -> Check:
    """Hold the highest peak, between the samples as well, against the ceiling."""
    ceiling = settings.ceiling_dbtp
    passed = measured <= ceiling
    return Check("true peak", f"at most {ceiling:.1f} dBTP", f"{measured:.2f} dBTP", passed)


def range_checks(habits: MixStyle, seconds: float, measured: float) -> list[Check]:
    """Hold the loudness range against that of records; shorter pieces may be of one level.

    Of a jingle it says nothing: its end alone makes the range (EBU R 128 s1 does not use it there).
    """
    if seconds < _LONGEST_JINGLE_SECONDS:
        return []
    flat = habits.flat
    if seconds < _SHORTEST_WITH_RANGE_SECONDS:
        flat = "shorter than a minute"
    least, most = (0.0 if flat else _LEAST_RANGE_LU), _MOST_RANGE_LU
    asked = f"at most {most:.0f} LU ({flat})" if flat else f"{least:.0f} to {most:.0f} LU"
    return [Check("loudness range", asked, f"{measured:.1f} LU", least <= measured <= most)]


def fault_checks(faults: Faults) -> list[Check]:
    """Say whether anything is on the record that must not be."""
    silence = faults.longest_silence_seconds
    return [
        Check(
            "silence",
            f"no hole over {_LONGEST_SILENCE_SECONDS:.1f} s",
            f"longest {silence:.2f} s",
            silence <= _LONGEST_SILENCE_SECONDS,
        ),
        Check("clipping", "none", f"{faults.clipped_runs} clipped runs", faults.clipped_runs == 0),
        Check(
            "lead-in",
            f"sounds within {_LEAD_IN_SECONDS * 1000:.0f} ms",
            f"after {faults.lead_in_seconds * 1000:.0f} ms",
            faults.lead_in_seconds < _LEAD_IN_SECONDS,
        ),
        Check(
            "tail",
            f"ends below {_TAIL_DBFS:.0f} dBFS",
            f"{faults.tail_dbfs:.1f} dBFS",
            faults.tail_dbfs < _TAIL_DBFS,
        ),
        Check(
            "DC offset",
            f"at most {_MOST_DC_OFFSET}",
            f"{faults.dc_offset:.5f}",
            faults.dc_offset <= _MOST_DC_OFFSET,
        ),
    ]


def stereo_checks(stereo: Stereo | None) -> list[Check]:
    """Say whether both sides belong together; of silence nothing can be said."""
    if stereo is None:
        return []
    return [
        Check(
            "stereo",
            "correlation above 0",
            f"{stereo.correlation:.2f}",
            stereo.correlation > 0,
        ),
        Check(
            "mono",
            f"loses under {_MONO_LOSS_LU:.0f} LU",
            f"{stereo.mono_loss_lu:.2f} LU softer",
            stereo.mono_loss_lu < _MONO_LOSS_LU,
        ),
    ]


def sounds_check(fallbacks: tuple[str, ...]) -> Check:
    """Name every track that another sound than its own plays."""
    measured = "; ".join(fallbacks) or "all found"
    return Check("sounds", "each track its own", measured, not fallbacks)
