"""Small programs, and waiting for what they do."""

import sys
import time
from collections.abc import Callable


def python(code: str) -> tuple[str, ...]:
    """The command that runs a small program."""
    return (sys.executable, "-c", code)


def eventually(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return true()
