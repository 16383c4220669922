"""What was asked against what was measured."""

from typing import Self

import strawberry

from backend.pipeline import artifacts
from backend.schema.described import object_type
from backend.services.song_summary import ReportSummary


@object_type
class Check:
    """One promise, asked against measured."""

    name: str = strawberry.field(description="What is checked, such as `tempo`.")
    asked: str = strawberry.field(description="What was asked for.")
    measured: str = strawberry.field(description="What came out.")
    passed: bool = strawberry.field(description="Whether the promise is kept.")

    @classmethod
    def from_check(cls, check: artifacts.Check) -> Self:
        """Make the type from the mix's check."""
        return cls(name=check.name, asked=check.asked, measured=check.measured, passed=check.passed)


@object_type
class SongReport:
    """What was measured on the finished audio."""

    loudness_lufs: float = strawberry.field(description="Integrated loudness (ITU-R BS.1770).")
    loudness_range_lu: float = strawberry.field(description="Loudness range (EBU Tech 3342).")
    true_peak_dbtp: float = strawberry.field(description="True peak (ITU-R BS.1770).")
    duration_seconds: float = strawberry.field(description="Length of the audio.")
    measured_tempo_bpm: float | None = strawberry.field(
        description="The tempo found in the audio; null if none is clear."
    )
    measured_key: str | None = strawberry.field(
        description="The key found in the audio; null if none is clear."
    )
    checks: list[Check] = strawberry.field(description="Every promise, asked against measured.")
    sound_bank: str = strawberry.field(description="The sound bank that was played.")
    sound_bank_licence: str = strawberry.field(description="Its licence.")
    sound_bank_sha256: str | None = strawberry.field(
        description="The hash of its file; null if it was not kept, as earlier versions did."
    )

    @classmethod
    def from_summary(cls, report: ReportSummary) -> Self:
        """Make the type from the song's summary."""
        return cls(
            loudness_lufs=report.loudness_lufs,
            loudness_range_lu=report.loudness_range_lu,
            true_peak_dbtp=report.true_peak_dbtp,
            duration_seconds=report.duration_seconds,
            measured_tempo_bpm=report.measured_tempo_bpm,
            measured_key=report.measured_key,
            checks=[Check.from_check(check) for check in report.checks],
            sound_bank=report.sound_bank,
            sound_bank_licence=report.sound_bank_licence,
            sound_bank_sha256=report.sound_bank_sha256 or None,
        )
