"""A child process that makes songs, as the worker sees it."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import suppress

from backend.jobs import frames
from backend.jobs.messages import TO_CHILD, TO_WORKER, ToChild, ToWorker


class ProcessDiedError(Exception):
    """The child is gone, without a word."""


class SongProcess:
    """One child process; ``start`` makes it.

    It leads its own process group, so that killing it leaves nothing of it behind, and it ends by
    itself when the worker does.
    """

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    @classmethod
    async def start(cls, target: str) -> "SongProcess":
        """Start a child that runs ``target`` (``module:class``, see ``backend.jobs.child``)."""
        ours, theirs = socket.socketpair()
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "backend.jobs.child",
                str(theirs.fileno()),
                target,
                stdin=asyncio.subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours)
        return cls(process, reader, writer)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs and listens."""
        return self._process.returncode is None and not self._reader.at_eof()

    async def send(self, message: ToChild) -> None:
        """Send a message.

        Raises
        ------
        ProcessDiedError
            If nobody reads it.
        """
        try:
            self._writer.write(frames.pack(TO_CHILD.dump_json(message)))
            await self._writer.drain()
        except ConnectionError as error:
            raise ProcessDiedError from error

    async def receive(self) -> ToWorker:
        """Wait for the next message.

        Raises
        ------
        ProcessDiedError
            If none can come any more.
        """
        data = await frames.read(self._reader)
        if data is None:
            raise ProcessDiedError
        return TO_WORKER.validate_json(data)

    async def kill(self) -> None:
        """End the process and everything it started, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()
