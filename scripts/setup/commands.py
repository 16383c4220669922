"""Running other programs quietly, and saying in one line what went wrong."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts.setup.failure import SetupError, cause_of
from scripts.setup.layout import LOG, ROOT


def run(
    step: str,
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> str:
    """Run a program to its end.

    Parameters
    ----------
    step : str
        What it does, for the message: "installing the Python packages".
    command : sequence of str or Path
        Program and arguments.

    Returns
    -------
    str
        What it printed.

    Raises
    ------
    SetupError
        If it is missing or fails; what it printed is in the log.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupError(f"{step} failed: {error.strerror}: {command[0]}") from error
    if done.returncode != 0:
        raise SetupError(f"{step} failed: {_reason(done.stdout)}")
    return done.stdout


def _reason(output: str) -> str:
    """Return the known cause or the last words, with the log's place."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    reason = cause_of(output) or (lines[-1] if lines else "it said nothing")
    try:
        LOG.parent.mkdir(exist_ok=True)
        LOG.write_text(output, encoding="utf-8")
    except OSError:
        return reason
    return f"{reason} (details: {LOG.relative_to(ROOT)})"
