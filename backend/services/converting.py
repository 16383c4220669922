"""A stored WAV becomes a file of another format, in a thread, and is kept beside it."""

import asyncio
import hashlib
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from soundfile import LibsndfileError

from backend.errors import NotFound, ServiceUnavailable
from backend.models import Artifact, Take
from backend.persistence import artifacts, takes
from backend.pipeline.formats.conversion import wav_to_flac, wav_to_ogg
from backend.pipeline.formats.tags import SongTags, tag_flac, tag_ogg
from backend.services.platform import Platform
from backend.services.song_summary import SongSummary, from_take
from backend.storage import content_key

MEDIA_TYPES = {"flac": "audio/flac", "ogg": "audio/ogg"}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is to be made of what."""

    take_id: str
    source: Artifact
    """A WAV of the take."""
    name: str
    """Of the artifact that is made; its suffix names the format."""


async def convert(platform: Platform, take: Take, conversion: Conversion) -> Artifact:
    """Make the file and keep it with the take.

    Raises
    ------
    NotFound
        If the source is gone or damaged, or the take is by now.
    ServiceUnavailable
        If there is no room for the file, or database or storage are away.
    """
    song = from_take(take)
    if song is None:
        raise NotFound("This song has no such file.")
    words = _tags(song, take, conversion.source.name)
    try:
        with tempfile.TemporaryDirectory(prefix="aimusic-") as folder:
            source = await platform.storage.fetch(conversion.source.key, Path(folder))
            target = Path(folder) / f"made.{conversion.name.rpartition('.')[2]}"
            made = await asyncio.to_thread(partial(_write, source, target, words, conversion))
            return await _keep(platform, conversion, target, made)
    except LibsndfileError as error:
        raise NotFound("The song's audio is damaged; make the song again.") from error
    except OSError as error:
        raise ServiceUnavailable("There is no room to make this file; try again later.") from error


def _write(source: Path, target: Path, words: SongTags, conversion: Conversion) -> Artifact:
    """Convert and tag; return what came out."""
    is_flac = target.suffix == ".flac"
    with source.open("rb") as wav, target.open("w+b") as file:
        (wav_to_flac if is_flac else wav_to_ogg)(wav, file)
        (tag_flac if is_flac else tag_ogg)(file, words)
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Artifact(
        stage_id=conversion.source.stage_id,
        name=conversion.name,
        key=content_key(sha256, conversion.name),
        size_bytes=target.stat().st_size,
        media_type=MEDIA_TYPES[target.suffix[1:]],
    )


async def _keep(
    platform: Platform, conversion: Conversion, target: Path, made: Artifact
) -> Artifact:
    """Store the file and name it in a row, unless what it was made of has gone meanwhile."""
    async with platform.database.write() as work:
        await artifacts.share_files(work.session)
        held = await takes.lock(work.session, conversion.take_id)
        kept = await artifacts.of_take(work.session, conversion.take_id) if held else ()
        if any(artifact.key == conversion.source.key for _, artifact in kept):
            await platform.storage.put_file(made.key, target)
            await work.session.merge(made)
            return made
    raise NotFound("This song has been deleted or mixed anew.")


def _tags(song: SongSummary, take: Take, source_name: str) -> SongTags:
    track_id = source_name.removeprefix("stems/").removesuffix(".wav")
    track = next((track.name for track in song.tracks if track.id == track_id), None)
    return SongTags(
        title=f"{song.title} - {track}" if track else song.title,
        genre=song.genre,
        tempo_bpm=song.tempo_bpm,
        key=song.key,
        seed=song.seed,
        date=take.created_at.date().isoformat(),
    )
