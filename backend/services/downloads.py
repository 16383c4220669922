"""What can be had of a finished song besides its WAV and MP3, made when somebody asks for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.errors import NotFound
from backend.models import Artifact, Take
from backend.persistence import artifacts, takes
from backend.persistence import downloads as rows
from backend.services.archive import Archive, Member
from backend.services.content import Content, stored_content
from backend.services.converting import Conversion, convert
from backend.services.platform import Platform
from backend.services.song_summary import SongSummary, TrackSummary, from_take

NO_SUCH = "This song has no such file."
RETURNS = "returns"
"""The stem of the shared reverb and echo: with it the stems sum to the mix."""
_UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


class DownloadFormat(StrEnum):
    """How a download is packed."""

    FLAC = "flac"
    OGG = "ogg"
    WAV_ZIP = "wav-zip"
    FLAC_ZIP = "flac-zip"


ARCHIVES = {DownloadFormat.WAV_ZIP: "wav", DownloadFormat.FLAC_ZIP: "flac"}
"""What lies in them."""


@dataclass(frozen=True, slots=True)
class Download:
    """Something that can be asked for."""

    name: str
    """Unique within the take: master.flac, stems/bass.flac, stems-wav.zip."""
    format: DownloadFormat
    filename: str
    """What it is called on the user's disk."""


def of_song(song: SongSummary) -> list[Download]:
    """Return the downloads of the whole song; none before it is mixed."""
    if not song.audio:
        return []
    title = song.title
    return [
        Download("master.flac", DownloadFormat.FLAC, f"{title}.flac"),
        Download("master.ogg", DownloadFormat.OGG, f"{title}.ogg"),
        Download("stems-wav.zip", DownloadFormat.WAV_ZIP, f"{title} - stems (WAV).zip"),
        Download("stems-flac.zip", DownloadFormat.FLAC_ZIP, f"{title} - stems (FLAC).zip"),
    ]


def of_track(song: SongSummary, track: TrackSummary) -> list[Download]:
    """Return the downloads of one track alone."""
    if track.stem is None:
        return []
    name, filename = f"stems/{track.id}.flac", f"{song.title} - {track.name}.flac"
    return [Download(name, DownloadFormat.FLAC, filename)]


async def sizes(platform: Platform, wanted: Sequence[Take]) -> dict[str, dict[str, int]]:
    """Return, for every take, the sizes in bytes of what can be had at once, by name."""
    async with platform.database.read() as session:
        rows_of: defaultdict[str, dict[str, Artifact]] = defaultdict(dict)
        for take_id, artifact in await artifacts.of_takes(session, [take.id for take in wanted]):
            rows_of[take_id][artifact.name] = artifact
    return {take.id: _sizes(platform, take, rows_of[take.id]) for take in wanted}


def _sizes(platform: Platform, take: Take, kept: Mapping[str, Artifact]) -> dict[str, int]:
    song = from_take(take)
    made = {
        name.removeprefix(rows.PREFIX): artifact.size_bytes
        for name, artifact in kept.items()
        if name.startswith(rows.PREFIX)
    }
    for download in of_song(song) if song else ():
        stems = _stems(song, kept, download.format) if song else []
        if stems and all(stem.made for stem in stems):
            made[download.name] = _archive(platform, download, stems).size
    return made


async def content(platform: Platform, take_id: str, name: str) -> Content:
    """Return a download, after making it if nobody has asked for it before.

    Raises
    ------
    NotFound
        If the take does not offer it, or what it would be made of is gone.
    LimitExceeded
        If too much is being made already.
    ServiceUnavailable
        If database or storage are away.
    """
    take, kept = await _of_take(platform, take_id)
    song = from_take(take)
    if song is None:
        raise NotFound(NO_SUCH)
    for download in of_song(song):
        if download.name == name and download.format in ARCHIVES:
            stems = _stems(song, kept, download.format)
            for stem in stems:
                if stem.made is None:
                    stem.made = await _converted(platform, take, kept, stem.wanted)
            return _archive(platform, download, stems)
    made = await _converted(platform, take, kept, name)
    return stored_content(platform, made.key, made.size_bytes)


async def _of_take(platform: Platform, take_id: str) -> tuple[Take, dict[str, Artifact]]:
    async with platform.database.read() as session:
        found = await takes.by_ids(session, [take_id])
        kept = await artifacts.of_take(session, take_id)
    if not found:
        raise NotFound("This song has been deleted.")
    return found[0], {artifact.name: artifact for _, artifact in kept}


async def _converted(
    platform: Platform, take: Take, kept: Mapping[str, Artifact], name: str
) -> Artifact:
    """Return the converted file; it is made at most once at a time, and kept."""
    made = kept.get(f"{rows.PREFIX}{name}")
    if made is not None and await platform.storage.size(made.key) == made.size_bytes:
        return made
    base, _, suffix = name.rpartition(".")
    source = kept.get(f"{base}.wav")
    if source is None or suffix not in {"flac", "ogg"} or base.startswith(rows.PREFIX):
        raise NotFound(NO_SUCH)
    conversion = Conversion(take.id, source, f"{rows.PREFIX}{name}")
    return await platform.downloads.run(
        (take.id, source.key, name), lambda: convert(platform, take, conversion)
    )


@dataclass(slots=True)
class _Stem:
    """One file of an archive, made already or wanted."""

    filename: str
    wanted: str
    made: Artifact | None


def _stems(song: SongSummary, kept: Mapping[str, Artifact], archive: DownloadFormat) -> list[_Stem]:
    """Return what goes into an archive, in the order of the tracks; nothing for other formats."""
    suffix = ARCHIVES.get(archive, "")
    titles = [*((track.id, track.name) for track in song.tracks), (RETURNS, "Reverb and Echo")]
    present = [(track_id, title) for track_id, title in titles if f"stems/{track_id}.wav" in kept]
    return [
        _Stem(
            filename=f"{number:02d} {title.translate(_UNSAFE)}.{suffix}",
            wanted=(wanted := f"stems/{track_id}.{suffix}"),
            made=kept.get(wanted) or kept.get(f"{rows.PREFIX}{wanted}"),
        )
        for number, (track_id, title) in enumerate(present, 1)
        if suffix
    ]


def _archive(platform: Platform, download: Download, stems: Sequence[_Stem]) -> Content:
    members = [
        Member(stem.filename, stem.made.key, stem.made.size_bytes) for stem in stems if stem.made
    ]
    if not members:
        raise NotFound(NO_SUCH)
    return Archive(platform.storage, members).content(download.name)
