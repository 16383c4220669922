"""What a music player shows: title, genre, tempo, key, and that a machine composed it.

References
----------
ID3 version 2.4, https://id3.org/id3v2.4.0-frames; Vorbis comments, https://xiph.org/vorbis/doc/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from mutagen import MutagenError
from mutagen.flac import FLAC
from mutagen.id3 import COMM, ID3, TBPM, TCON, TDRC, TIT2, TKEY, TSSE, TXXX
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

AI_GENERATED = "AI-generated"
SOFTWARE = "AI Music Generation Platform"


@dataclass(frozen=True, slots=True)
class SongTags:
    """What is written into the files."""

    title: str
    genre: str
    tempo_bpm: float
    key: str
    """As a musician writes it: "F# minor"."""
    seed: int
    software: str = SOFTWARE
    date: str | None = None
    """ISO 8601; without it the same song gives the same bytes on every day."""


def tag_mp3(file: BinaryIO, tags: SongTags) -> None:
    """Put ID3 tags before the audio of an MP3 that is open for reading and writing."""
    file.seek(0)
    with _disk_errors():
        _id3(tags).save(file, v2_version=4)


def tag_wav(file: BinaryIO, tags: SongTags) -> None:
    """Add an ID3 chunk to a WAV that is open for reading and writing."""
    file.seek(0)
    wave = WAVE(file)
    wave.update(_id3(tags))
    file.seek(0)
    with _disk_errors():
        wave.save(file, v2_version=4)


def tag_flac(file: BinaryIO, tags: SongTags) -> None:
    """Add Vorbis comments to a FLAC that is open for reading and writing."""
    _add_comments(FLAC, file, tags)


def tag_ogg(file: BinaryIO, tags: SongTags) -> None:
    """Add Vorbis comments to an Ogg Vorbis that is open for reading and writing."""
    _add_comments(OggVorbis, file, tags)


def _add_comments(kind: type[FLAC] | type[OggVorbis], file: BinaryIO, tags: SongTags) -> None:
    file.seek(0)
    tagged = kind(file)
    for name, value in _vorbis_comments(tags).items():
        tagged[name] = value
    file.seek(0)
    with _disk_errors():
        tagged.save(file)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Raise what the disk said: mutagen puts an error of its own in its place."""
    try:
        yield
    except MutagenError as error:
        if isinstance(error.__context__, OSError):
            raise error.__context__ from None
        raise


def _id3(tags: SongTags) -> ID3:
    frames = ID3()
    frames.add(TIT2(encoding=3, text=tags.title))
    frames.add(TCON(encoding=3, text=tags.genre))
    frames.add(TBPM(encoding=3, text=str(round(tags.tempo_bpm))))
    frames.add(TKEY(encoding=3, text=_short_key(tags.key)))
    frames.add(TSSE(encoding=3, text=tags.software))
    frames.add(TXXX(encoding=3, desc="SEED", text=str(tags.seed)))
    frames.add(COMM(encoding=3, lang="eng", desc="", text=AI_GENERATED))
    if tags.date is not None:
        frames.add(TDRC(encoding=3, text=tags.date))
    return frames


def _vorbis_comments(tags: SongTags) -> dict[str, str]:
    comments = {
        "TITLE": tags.title,
        "GENRE": tags.genre,
        "BPM": str(round(tags.tempo_bpm)),
        "KEY": tags.key,
        "ENCODER": tags.software,
        "SEED": str(tags.seed),
        "COMMENT": AI_GENERATED,
    }
    return comments if tags.date is None else comments | {"DATE": tags.date}


def _short_key(key: str) -> str:
    """Return the ID3 spelling: at most three characters, "F#m" for F# minor."""
    tonic, _, mode = key.partition(" ")
    return f"{tonic}m" if mode in {"minor", "dorian", "phrygian", "locrian"} else tonic
