"""A song as far as it exists."""

from typing import Self

import strawberry

from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.audio import AudioFile
from backend.schema.types.download import Download, show
from backend.schema.types.report import SongReport
from backend.schema.types.score import Lyrics, Section
from backend.services import downloads
from backend.services.addresses import Addresses
from backend.services.song_summary import FileRef, SongSummary, TrackSummary


@object_type
class Track:
    """One instrument and where the mixer put it."""

    addresses: strawberry.Private[Addresses]
    offered: strawberry.Private[list[downloads.Download]]

    id: strawberry.ID = strawberry.field(description="Stable within the song, such as `bass`.")
    name: str = strawberry.field(description="As shown to people.")
    role: str = strawberry.field(description="What it does: drums, bass, keys, lead …")
    instrument: str = strawberry.field(description="What it plays.")
    gain_db: float = strawberry.field(description="Its level in the mix.")
    pan: float = strawberry.field(description="-1 (left) to 1 (right).")
    muted: bool = strawberry.field(description="Whether it is silent in the mix.")
    note_count: int = strawberry.field(description="How many notes it plays; 0 until arranged.")
    stem: AudioFile | None = strawberry.field(
        description="Its audio alone, as it is in the mix; null until mixed."
    )

    @resolver
    async def downloads(self, info: Info) -> list[Download]:
        """Its stem in other formats, made when asked for."""
        return await show(info.context, self.addresses, self.offered)

    @classmethod
    def from_summary(cls, addresses: Addresses, song: SongSummary, track: TrackSummary) -> Self:
        """Make the type from the song's summary."""
        stem = track.stem
        return cls(
            addresses=addresses,
            offered=downloads.of_track(song, track),
            id=strawberry.ID(track.id),
            name=track.name,
            role=track.role,
            instrument=track.instrument,
            gain_db=track.gain_db,
            pan=track.pan,
            muted=track.muted,
            note_count=track.note_count,
            stem=_audio(addresses, stem, f"{song.title} - {track.name}"),
        )


@object_type
class Song:
    """A song as far as it exists: the plan first, the audio last."""

    addresses: strawberry.Private[Addresses]
    offered: strawberry.Private[list[downloads.Download]]

    seed: int = strawberry.field(description="Same input and seed, same song.")
    genre: str = strawberry.field(description="The id of its style.")
    mood: str | None = strawberry.field(description="Its mood; null if none was asked for or read.")
    energy: float = strawberry.field(description="0 (calm) to 1 (intense).")
    tempo_bpm: float = strawberry.field(description="Quarter notes per minute.")
    key: str = strawberry.field(description="Such as `A minor`.")
    time_signature: str = strawberry.field(description="Such as `4/4`.")
    duration_seconds: float = strawberry.field(description="Its length with the last tail.")
    sections: list[Section] = strawberry.field(description="Its form, in order.")
    tracks: list[Track] = strawberry.field(description="Its instruments.")
    lyrics: Lyrics | None = strawberry.field(description="Its words; null for an instrumental.")
    notes: list[str] = strawberry.field(
        description="What was understood, assumed or resolved, in sentences."
    )
    preview: AudioFile | None = strawberry.field(
        description="A mastered excerpt that can be played before the whole song is ready; "
        "null until there is one."
    )
    audio: list[AudioFile] = strawberry.field(description="The finished song, one per format.")
    loudness_curve: list[float] = strawberry.field(
        description="Loudness of 3 s windows in LUFS, one per second; empty until mixed."
    )
    midi_url: str | None = strawberry.field(
        description="A signed address of the MIDI file; null until it is arranged."
    )
    music_xml_url: str | None = strawberry.field(
        description="A signed address of the lead sheet; null until it is arranged."
    )
    lrc_url: str | None = strawberry.field(
        description="A signed address of the words with their times, if the song has words."
    )
    report: SongReport | None = strawberry.field(
        description="Asked against measured: tempo, key, duration, loudness, true peak; "
        "null until mixed."
    )

    @resolver
    async def downloads(self, info: Info) -> list[Download]:
        """The song in other formats, and its stems in one file; made when asked for."""
        return await show(info.context, self.addresses, self.offered)

    @classmethod
    def from_summary(cls, addresses: Addresses, song: SongSummary) -> Self:
        """Make the type from the song's summary."""
        return cls(
            addresses=addresses,
            offered=downloads.of_song(song),
            seed=song.seed,
            genre=song.genre,
            mood=song.mood,
            energy=song.energy,
            tempo_bpm=song.tempo_bpm,
            key=song.key,
            time_signature=song.time_signature,
            duration_seconds=song.duration_seconds,
            sections=[Section.from_summary(section) for section in song.sections],
            tracks=[Track.from_summary(addresses, song, track) for track in song.tracks],
            lyrics=Lyrics.from_summary(song.lyrics) if song.lyrics else None,
            notes=list(song.notes),
            preview=_audio(addresses, song.preview, f"{song.title} - preview"),
            audio=[
                AudioFile.from_ref(addresses, file, f"{song.title}.{file.format}")
                for file in song.audio
            ],
            loudness_curve=list(song.report.loudness_curve_lufs) if song.report else [],
            midi_url=_url(addresses, song.midi, f"{song.title}.mid"),
            music_xml_url=_url(addresses, song.music_xml, f"{song.title}.musicxml"),
            lrc_url=_url(addresses, song.lrc, f"{song.title}.lrc"),
            report=SongReport.from_summary(song.report) if song.report else None,
        )


def _audio(addresses: Addresses, file: FileRef | None, name: str) -> AudioFile | None:
    return AudioFile.from_ref(addresses, file, f"{name}.{file.format}") if file else None


def _url(addresses: Addresses, file: FileRef | None, filename: str) -> str | None:
    return addresses.of_file(file.key, filename, disposition="attachment") if file else None
