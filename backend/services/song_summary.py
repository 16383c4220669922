"""What the API shows of a song; grows stage by stage and is kept as JSON in ``Take.song``."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from backend.models import Take
from backend.pipeline.artifacts import Check

__all__ = [
    "Check",
    "ChordSummary",
    "FileRef",
    "LyricsSummary",
    "ReportSummary",
    "SectionSummary",
    "SongSummary",
    "SyllableSummary",
    "TrackSummary",
    "from_take",
]


@dataclass(frozen=True, slots=True)
class FileRef:
    """One file of the song in the storage."""

    name: str
    """Unique within the song: master.wav, stems/bass.wav, song.mid."""
    key: str
    """Content-addressed key in the storage; ``services.files.sign`` makes an address of it."""
    size_bytes: int
    media_type: str
    format: str
    """wav, flac, mp3, ogg, mid, musicxml, lrc or json."""
    duration_seconds: float | None = None
    peaks: str | None = None
    """Key of the waveform's min/max pairs; ``services.files.peaks`` reads it."""


@dataclass(frozen=True, slots=True)
class ChordSummary:
    """One chord; beats are quarter notes from the start of the song."""

    symbol: str
    start_beat: float
    duration_beats: float
    start_seconds: float


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """One part of the form; ``start_bar`` counts from 0."""

    index: int
    name: str
    """As shown: "Verse 2"."""
    start_bar: int
    bars: int
    start_seconds: float
    duration_seconds: float
    energy: float
    chords: tuple[ChordSummary, ...]


@dataclass(frozen=True, slots=True)
class TrackSummary:
    """One instrument and where the mixer put it."""

    id: str
    name: str
    role: str
    instrument: str
    gain_db: float = 0.0
    pan: float = 0.0
    muted: bool = False
    note_count: int = 0
    stem: FileRef | None = None


@dataclass(frozen=True, slots=True)
class SyllableSummary:
    """One sung syllable in time."""

    text: str
    line: int
    start_seconds: float
    duration_seconds: float
    word_end: bool


@dataclass(frozen=True, slots=True)
class LyricsSummary:
    """The words: what was asked for, and the syllables on their notes once composed."""

    theme: str | None = None
    text: str | None = None
    style: str | None = None
    mood: str | None = None
    language: str | None = None
    explicit: bool = False
    syllables: tuple[SyllableSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """Asked against measured."""

    loudness_lufs: float
    loudness_range_lu: float
    true_peak_dbtp: float
    duration_seconds: float
    measured_tempo_bpm: float | None
    measured_key: str | None
    checks: tuple[Check, ...]
    sound_bank: str
    sound_bank_licence: str
    sound_bank_sha256: str = ""
    loudness_curve_lufs: tuple[float, ...] = ()
    """Short-term loudness, once a second."""


@dataclass(frozen=True, slots=True)
class SongSummary:
    """The song as far as it exists: the plan first, the notes, the audio last."""

    seed: int
    title: str
    genre: str
    mood: str | None
    energy: float
    tempo_bpm: float
    key: str
    time_signature: str
    duration_seconds: float
    sections: tuple[SectionSummary, ...]
    tracks: tuple[TrackSummary, ...]
    lyrics: LyricsSummary | None = None
    notes: tuple[str, ...] = ()
    """What was understood, assumed or resolved, in sentences."""
    preview: FileRef | None = None
    audio: tuple[FileRef, ...] = ()
    """The master, one file per format."""
    midi: FileRef | None = None
    music_xml: FileRef | None = None
    lrc: FileRef | None = None
    """The words with their times, of songs that have some."""
    report: ReportSummary | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what ``Take.song`` holds."""
        document: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return document


_ADAPTER = TypeAdapter(SongSummary)


def from_take(take: Take) -> SongSummary | None:
    """Return the take's song, or None before the plan exists."""
    return _ADAPTER.validate_python(take.song, strict=False) if take.song else None
