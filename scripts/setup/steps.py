"""The steps of the set-up with one line each on the screen."""

import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scripts.setup import node_packages, python_packages, sound_bank
from scripts.setup.failure import SetupError
from scripts.setup.layout import NODE_MODULES, PYTHON, ROOT

NEEDED_BYTES = 2_000_000_000
"""Of a first set-up: about 900 MB of Python packages, 500 MB of npm packages, and caches."""
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to have; ``make`` is quick when it is there, and may return a warning."""

    name: str
    make: Callable[[], str | None]


def prepare(lock: Path, *, studio: bool = True) -> None:
    """Have everything that the platform needs to run.

    Parameters
    ----------
    lock : Path
        The Python packages: ``RUNTIME_LOCK`` or ``DEVELOPMENT_LOCK``.
    studio : bool
        Whether to build the frontend too.

    Raises
    ------
    SetupError
        Naming the first thing that cannot be had, and what to do.
    """
    _check_machine()
    _together(
        Step("Python packages", partial(python_packages.install, lock)),
        Step("npm packages", node_packages.install),
    )
    steps = [Step("sound bank", sound_bank.prepare)]
    if studio:
        steps.append(Step("studio", node_packages.build_studio))
    _together(*steps)


def _check_machine() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"Python 3.11 or newer is needed; this one is {sys.version.split()[0]}")
    node_packages.check_node()
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED_BYTES and not (PYTHON.exists() and NODE_MODULES.exists()):
        needed = f"{NEEDED_BYTES / 1e9:.0f} GB"
        raise SetupError(
            f"the disk has {free / 1e9:.1f} GB free and the set-up needs {needed}; make some room"
        )


def _together(*steps: Step) -> None:
    """Run independent steps side by side; raise the first failure when all have ended."""
    with ThreadPoolExecutor(len(steps)) as pool:
        for future in [pool.submit(_timed, step) for step in steps]:
            future.result()


def _timed(step: Step) -> None:
    start = time.monotonic()
    warning = step.make()
    print(f"  ✓ {step.name:<18}{time.monotonic() - start:6.1f} s", flush=True)
    if warning:
        print(f"    {warning}", file=sys.stderr, flush=True)
