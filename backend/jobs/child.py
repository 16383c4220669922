"""The process in which songs are made, one after another, as the worker orders.

Started as ``python -m backend.jobs.child <socket> <module:class>``. The class is called like
``backend.pipeline.runner.Runner`` and has its ``run``; the module's ``warm_up``, if there is one,
runs while nobody waits.
"""

import ctypes
import gc
import importlib
import os
import signal
import socket
import sys
import threading
import traceback
from queue import SimpleQueue

from backend.errors import InvalidInput, MusicError, StageFailed
from backend.jobs import frames
from backend.jobs.desk import Desk, RunnerType
from backend.jobs.messages import (
    TO_CHILD,
    TO_WORKER,
    GoOn,
    Order,
    SongDone,
    SongFailed,
    ToChild,
    ToWorker,
)

PR_SET_PDEATHSIG = 1
NICENESS = 5
"""The API and the worker itself stay quick while both cores are busy with a song."""


class Line:
    """The child's end of the socket pair.

    A thread listens, so that a worker that is gone ends the child also in the middle of a song.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._inbox: SimpleQueue[ToChild] = SimpleQueue()
        self._sending = threading.Lock()
        threading.Thread(target=self._listen, name="worker", daemon=True).start()

    def send(self, message: ToWorker) -> None:
        """Say something to the worker."""
        data = frames.pack(TO_WORKER.dump_json(message))
        with self._sending:
            self._connection.sendall(data)

    def wait_for_order(self) -> Order:
        """Wait for a song to make."""
        while True:
            message = self._inbox.get()
            if isinstance(message, Order):
                return message

    def wait_to_go_on(self) -> None:
        """Wait until the worker has kept the checkpoint."""
        while not isinstance(self._inbox.get(), GoOn):
            pass

    def _listen(self) -> None:
        while (data := frames.receive(self._connection)) is not None:
            self._inbox.put(TO_CHILD.validate_json(data))
        os._exit(0)


def main(descriptor: int, target: str) -> None:
    """Make songs until the worker is gone."""
    die_with_parent()
    os.nice(NICENESS)
    module, _, name = target.partition(":")
    pipeline = importlib.import_module(module)
    runner: RunnerType = getattr(pipeline, name)
    line = Line(socket.socket(fileno=descriptor))
    getattr(pipeline, "warm_up", _be_ready)()
    gc.collect()
    gc.freeze()  # what is loaded by now stays: no collection need look at it again
    while True:
        line.send(make(line, runner, line.wait_for_order()))


def _be_ready() -> None:
    """Load nothing: the module has no ``warm_up``."""


def make(line: Line, runner: RunnerType, order: Order) -> SongDone | SongFailed:
    """Make one song; return how it ended."""
    try:
        Desk(order, line.send, line.wait_to_go_on).run(runner)
    except StageFailed as error:
        return SongFailed(error.message, error.retryable, traceback.format_exc())
    except InvalidInput as error:
        return SongFailed(error.message, False, traceback.format_exc())
    except MusicError as error:
        return SongFailed(error.message, True, traceback.format_exc())
    except OSError as error:
        reason = f"A file could not be written: {error.strerror}."
        return SongFailed(reason, True, traceback.format_exc())
    except Exception:  # noqa: BLE001 - the worker must hear of everything
        reason = "Something unexpected went wrong while making this song."
        return SongFailed(reason, True, traceback.format_exc())
    return SongDone()


def die_with_parent() -> None:
    """Let the kernel end this process with its parent, where it can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
