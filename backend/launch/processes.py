"""Child processes that outlive a Ctrl-C until they are told to stop, but never their parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h: the signal that this process gets when its parent dies."""


def spawn(
    command: Sequence[str],
    *,
    pass_fds: Collection[int] = (),
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own.

    A Ctrl-C in the terminal does not reach it, so that it can be stopped in the right order. On
    Linux it gets SIGTERM when the thread that spawned it ends, however that happens.

    Returns
    -------
    subprocess.Popen
        Running; hand it to ``stop``.
    """
    return subprocess.Popen(  # noqa: S603 - commands are the product's own
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=pass_fds,
        cwd=cwd,
        env=env,
        start_new_session=True,
        preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 - two system calls, no locks
    )


def stop(process: subprocess.Popen[bytes], *, grace_seconds: float) -> int:
    """Ask a process to end, and end it and all its children if it does not.

    Returns
    -------
    int
        Its exit status.
    """
    if process.poll() is None:
        process.terminate()
    return finish(process, grace_seconds=grace_seconds)


def finish(process: subprocess.Popen[bytes], *, grace_seconds: float) -> int:
    """Wait for a process that was told to end; kill its session when the time is over."""
    try:
        return process.wait(timeout=grace_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def _die_with(parent: int) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def bind_to_parent() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died in between
            os._exit(1)

    return bind_to_parent
