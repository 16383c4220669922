"""A file of the song: how the worker keeps it, how the API shows it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from backend.services.making import MadeFile
from backend.services.song_summary import FileRef

MEDIA_TYPES = {
    ".json": "application/json",
    ".npy": "application/octet-stream",
    ".peaks": "application/octet-stream",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".mid": "audio/midi",
    ".musicxml": "application/vnd.recordare.musicxml+xml",
    ".lrc": "text/plain",
}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file in the scratch folder, and for sound the one with its outline."""

    made: MadeFile
    duration_seconds: float | None = None
    peaks: MadeFile | None = None

    @property
    def ref(self) -> FileRef:
        """What the song's summary says of it."""
        made = self.made
        return FileRef(
            name=made.name,
            key=made.key,
            size_bytes=made.size_bytes,
            media_type=made.media_type,
            format=Path(made.name).suffix[1:],
            duration_seconds=self.duration_seconds,
            peaks=self.peaks.key if self.peaks else None,
        )

    @property
    def files(self) -> list[MadeFile]:
        """The file, and the one with its outline."""
        return [self.made, self.peaks] if self.peaks else [self.made]


def path_in(folder: Path, name: str) -> Path:
    """Return where a file of this name lies in the scratch folder, which has no folders."""
    return folder / name.replace("/", "-")


def made_file(name: str, path: Path, sha256: str | None = None) -> MadeFile:
    """Return what the worker is told of a file; it is read for its hash if that is not known."""
    if sha256 is None:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return MadeFile(
        name=name,
        path=path,
        sha256=sha256,
        size_bytes=path.stat().st_size,
        media_type=MEDIA_TYPES[path.suffix],
    )


def keep_bytes(folder: Path, name: str, data: bytes) -> Encoded:
    """Write a small file.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    path = path_in(folder, name)
    path.write_bytes(data)
    return Encoded(made_file(name, path, hashlib.sha256(data).hexdigest()))
