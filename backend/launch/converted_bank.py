"""Sound banks that have been converted to SF2, kept in the data folder with a record each."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel

from backend.errors import ConfigurationError
from backend.launch.audition import audition
from backend.launch.sf3 import convert
from backend.pipeline.artifacts import SoundBank

_FOLDER = "sound-banks"
_NEEDED_BYTES = 260_000_000


class _Record(BaseModel):
    """What is written down of a converted bank once it has been heard."""

    name: str
    licence: str
    sha256: str
    size: int


def find_converted(source_sha256: str, data_dir: Path) -> SoundBank | None:
    """Return the bank that was made of a source, if it is there and whole; else convert again.

    The whole file is hashed (0.15 s for 215 MB). Anything less would let a flipped byte through,
    and the report of every song states this hash.

    Parameters
    ----------
    source_sha256 : str
        Of the SF3 file.
    data_dir : Path
        Where converted banks are kept.
    """
    path, record = _places(source_sha256, data_dir)
    try:
        noted = _Record.model_validate_json(record.read_bytes())
        if path.stat().st_size != noted.size or file_sha256(path) != noted.sha256:
            return None
    except (OSError, ValueError):  # of which pydantic's error is one
        return None
    return SoundBank(str(path), noted.name, noted.licence, noted.sha256)


def make_converted(
    source: Path, source_sha256: str, name: str, licence: str, data_dir: Path
) -> SoundBank:
    """Convert an SF3 file, listen to what came out, and keep it.

    Raises
    ------
    BrokenBankError
        If the source cannot be decoded, or what came out does not play; nothing is kept.
    ConfigurationError
        If the disk is full or the folder cannot be written, or there is no synthesiser.
    """
    path, record = _places(source_sha256, data_dir)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _whole(path) as part:
            with part.open("w+b") as file:
                convert(source, file)
            audition(part)
        noted = _Record(
            name=name, licence=licence, sha256=file_sha256(path), size=path.stat().st_size
        )
        with _whole(record) as part:
            part.write_bytes(noted.model_dump_json(indent=2).encode())
    except OSError as error:
        raise ConfigurationError(_disk_message(error, path.parent), field="data_dir") from error
    return SoundBank(str(path), name, licence, noted.sha256)


def file_sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to, then rename: others see a whole file or none."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _places(source_sha256: str, data_dir: Path) -> tuple[Path, Path]:
    folder = data_dir / _FOLDER
    return folder / f"{source_sha256[:16]}.sf2", folder / f"{source_sha256[:16]}.json"


def _disk_message(error: OSError, folder: Path) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        needed = _NEEDED_BYTES // 1_000_000
        return f"The disk is full: the sound bank needs {needed} MB in {folder}. Free some space."
    reason = os.strerror(error.errno) if error.errno else "unknown reason"
    return f"The sound bank cannot be written to {folder}: {reason}."
