"""What each stage adds to the song's summary."""

from dataclasses import replace

from backend.pipeline.artifacts import (
    Arrangement,
    Composition,
    LyricsRequest,
    SectionPlan,
    SongPlan,
    SongReport,
    TrackMix,
    TrackPlan,
)
from backend.pipeline.theory.tempo_map import TempoMap
from backend.services.song_summary import (
    ChordSummary,
    FileRef,
    LyricsSummary,
    ReportSummary,
    SectionSummary,
    SongSummary,
    SyllableSummary,
    TrackSummary,
)


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
    """Add the words on their notes, and how the melody came about."""
    song = replace(song, notes=(*plan.notes, *composition.notes))
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


def arranged(song: SongSummary, arrangement: Arrangement, files: dict[str, FileRef]) -> SongSummary:
    """Add the scores and how many notes each track plays; an earlier arrangement's preview goes.

    Parameters
    ----------
    files : dict
        By name: song.mid, lead-sheet.musicxml, and lyrics.lrc if there are words.
    """
    counts = {track.track_id: len(track.notes) for track in arrangement.tracks}
    tracks = tuple(replace(track, note_count=counts.get(track.id, 0)) for track in song.tracks)
    return replace(
        song,
        tracks=tracks,
        preview=None,
        midi=files.get("song.mid"),
        music_xml=files.get("lead-sheet.musicxml"),
        lrc=files.get("lyrics.lrc"),
    )


def mixed(
    song: SongSummary, tracks: tuple[TrackMix, ...], report: SongReport, files: dict[str, FileRef]
) -> SongSummary:
    """Add levels, report and files.

    Parameters
    ----------
    files : dict
        By name: master.* and stems/{track}.wav.
    """
    mixes = {mix.track_id: mix for mix in tracks}
    masters = [files[name] for name in sorted(files) if name.startswith("master.")]
    return replace(
        song,
        duration_seconds=report.duration_seconds,
        tracks=tuple(_mixed_track(track, mixes, files) for track in song.tracks),
        audio=tuple(sorted(masters, key=lambda file: file.format != "wav")),
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
            sound_bank_sha256=report.sound_bank_sha256,
            loudness_curve_lufs=report.loudness_curve_lufs,
        ),
    )


def unmixed(song: SongSummary) -> SongSummary:
    """Return what stays of a song that is mixed anew: everything but the sound."""
    tracks = tuple(
        replace(track, gain_db=0.0, pan=0.0, muted=False, stem=None) for track in song.tracks
    )
    return replace(song, tracks=tracks, preview=None, audio=(), report=None)


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
