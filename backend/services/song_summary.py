"""What the API shows of a song; grows stage by stage and is kept as JSON in ``Take.song``."""

from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from backend.models import Take
from backend.pipeline.artifacts import (
    Arrangement,
    Check,
    Composition,
    LyricsRequest,
    SectionPlan,
    SongPlan,
    SongReport,
    TrackMix,
    TrackPlan,
)
from backend.pipeline.theory.tempo_map import TempoMap

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
    """wav, flac, mp3, ogg, mid, musicxml or json."""
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
    report: ReportSummary | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what ``Take.song`` holds."""
        document: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return document


_ADAPTER = TypeAdapter(SongSummary)


def from_take(take: Take) -> SongSummary | None:
    """Return the take's song, or None before the plan exists."""
    return _ADAPTER.validate_python(take.song, strict=False) if take.song else None


def planned(plan: SongPlan) -> SongSummary:
    """Return what is known once the song is planned."""
    tempo = TempoMap.from_plan(plan)
    return SongSummary(
        seed=plan.seed,
        title=plan.title,
        genre=plan.genre,
        mood=plan.mood,
        energy=plan.energy,
        tempo_bpm=plan.tempo_bpm,
        key=str(plan.key),
        time_signature=str(plan.metre),
        duration_seconds=plan.duration_seconds,
        sections=tuple(_section(section, plan, tempo) for section in plan.sections),
        tracks=tuple(_track(track) for track in plan.tracks),
        lyrics=_asked_lyrics(plan.lyrics),
        notes=plan.notes,
    )


def composed(song: SongSummary, plan: SongPlan, composition: Composition) -> SongSummary:
    """Add the words on their notes."""
    if not composition.lyrics:
        return song
    tempo = TempoMap.from_plan(plan)
    syllables = tuple(
        SyllableSummary(
            text=syllable.text,
            line=syllable.line,
            start_seconds=tempo.seconds(syllable.start_beat),
            duration_seconds=tempo.seconds(syllable.start_beat + syllable.duration_beats)
            - tempo.seconds(syllable.start_beat),
            word_end=syllable.word_end,
        )
        for syllable in composition.lyrics
    )
    return replace(song, lyrics=replace(song.lyrics or LyricsSummary(), syllables=syllables))


def arranged(song: SongSummary, arrangement: Arrangement) -> SongSummary:
    """Add how many notes each track plays; a preview of an earlier arrangement goes."""
    counts = {track.track_id: len(track.notes) for track in arrangement.tracks}
    tracks = tuple(replace(track, note_count=counts.get(track.id, 0)) for track in song.tracks)
    return replace(song, tracks=tracks, preview=None)


def mixed(
    song: SongSummary, tracks: tuple[TrackMix, ...], report: SongReport, files: dict[str, FileRef]
) -> SongSummary:
    """Add levels, report and files.

    Parameters
    ----------
    files : dict
        By name: master.*, stems/{track}.wav, song.mid, lead-sheet.musicxml.
    """
    mixes = {mix.track_id: mix for mix in tracks}
    masters = [files[name] for name in sorted(files) if name.startswith("master.")]
    return replace(
        song,
        duration_seconds=report.duration_seconds,
        tracks=tuple(_mixed_track(track, mixes, files) for track in song.tracks),
        audio=tuple(sorted(masters, key=lambda file: file.format != "wav")),
        midi=files.get("song.mid"),
        music_xml=files.get("lead-sheet.musicxml"),
        report=ReportSummary(
            loudness_lufs=report.loudness_lufs,
            loudness_range_lu=report.loudness_range_lu,
            true_peak_dbtp=report.true_peak_dbtp,
            duration_seconds=report.duration_seconds,
            measured_tempo_bpm=report.measured_tempo_bpm,
            measured_key=report.measured_key,
            checks=report.checks,
            sound_bank=report.sound_bank,
            sound_bank_licence=report.sound_bank_licence,
        ),
    )


def _section(section: SectionPlan, plan: SongPlan, tempo: TempoMap) -> SectionSummary:
    start = tempo.seconds(section.start_bar * plan.metre.bar_beats)
    end = tempo.seconds((section.start_bar + section.bars) * plan.metre.bar_beats)
    return SectionSummary(
        index=section.index,
        name=section.label,
        start_bar=section.start_bar,
        bars=section.bars,
        start_seconds=start,
        duration_seconds=end - start,
        energy=section.energy,
        chords=tuple(
            ChordSummary(
                symbol=chord.symbol,
                start_beat=chord.start_beat,
                duration_beats=chord.duration_beats,
                start_seconds=tempo.seconds(chord.start_beat),
            )
            for chord in section.chords
        ),
    )


def _track(track: TrackPlan) -> TrackSummary:
    return TrackSummary(
        id=track.id, name=track.name, role=track.role.value, instrument=track.instrument
    )


def _mixed_track(
    track: TrackSummary, mixes: dict[str, TrackMix], files: dict[str, FileRef]
) -> TrackSummary:
    stem = files.get(f"stems/{track.id}.wav")
    mix = mixes.get(track.id)
    if mix is None:
        return replace(track, stem=stem)
    return replace(track, gain_db=mix.gain_db, pan=mix.pan, muted=mix.muted, stem=stem)


def _asked_lyrics(asked: LyricsRequest | None) -> LyricsSummary | None:
    if asked is None:
        return None
    return LyricsSummary(
        theme=asked.theme,
        text=asked.text,
        style=asked.style,
        mood=asked.mood,
        language=asked.language,
        explicit=asked.explicit,
    )
