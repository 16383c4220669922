"""What is heard: the rendered stems and the mix."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 44_100
"""Frames per second of all audio."""


@dataclass(frozen=True, slots=True)
class SoundBank:
    """The SoundFont to render with; its licence and hash stand in the song's report."""

    path: str
    name: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Stem:
    """The sound of one track."""

    track_id: str
    audio: NDArray[np.float32]
    """Shape (2, frames)."""


@dataclass(frozen=True, slots=True)
class Stems:
    """All tracks as rendered, before the mixer; equal length, starting at bar 0."""

    stems: tuple[Stem, ...]
    bank: SoundBank
    fallbacks: tuple[str, ...] = ()
    """Tracks that another sound than their own plays, in words."""


@dataclass(frozen=True, slots=True)
class StripSettings:
    """What the user set on one mixer strip."""

    gain_db: float = 0.0
    pan: float = 0.0
    """−1 left to 1 right, added to the style's own placing."""
    muted: bool = False
    room_db: float | None = None
    """Level of what goes to the room, hall and echo; None leaves it to the style."""
    hall_db: float | None = None
    echo_db: float | None = None


@dataclass(frozen=True, slots=True)
class MixSettings:
    """Everything about the mix that a user can change; data of the Take."""

    loudness_lufs: float = -14.0
    """−23 (broadcast) to −9 (club)."""
    dynamic: bool = False
    """Keep the peaks: where the loudness would flatten them, the song stays softer."""
    ceiling_dbtp: float = -1.0
    preset: str | None = None
    """Id of the style in whose manner it is mixed; None for the song's own."""
    strips: dict[str, StripSettings] = field(default_factory=dict)
    """By track id."""


@dataclass(frozen=True, slots=True)
class Check:
    """One promise, asked against measured."""

    name: str
    asked: str
    measured: str
    passed: bool


@dataclass(frozen=True, slots=True)
class SongReport:
    """What was measured on the finished audio and the score."""

    loudness_lufs: float
    loudness_range_lu: float
    true_peak_dbtp: float
    duration_seconds: float
    measured_tempo_bpm: float | None
    measured_key: str | None
    checks: tuple[Check, ...]
    sound_bank: str
    sound_bank_licence: str
    sound_bank_sha256: str
    loudness_curve_lufs: tuple[float, ...] = ()
    """Short-term loudness (3 s) once a second, from the first whole window on."""


@dataclass(frozen=True, slots=True)
class TrackMix:
    """Where the mixer put a track: the style's balance and the user's changes together."""

    track_id: str
    gain_db: float
    pan: float
    muted: bool


@dataclass(frozen=True, slots=True)
class Master:
    """The finished song."""

    audio: NDArray[np.float32]
    """The master, shape (2, frames)."""
    stems: tuple[Stem, ...]
    """Post-fader; their sum is the mix before mastering."""
    tracks: tuple[TrackMix, ...]
    report: SongReport
