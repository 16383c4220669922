"""Room for audio in files: what a song holds is bounded by the disk, not by memory."""

import mmap
import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

MOST_RESIDENT_BYTES = 900 << 20
"""Of the process; when it holds more, the audio's pages are handed back to the kernel."""

LOOK_EVERY_SECONDS = 0.05


class Rooms:
    """Hands out arrays that lie in files, and keeps little of them in memory.

    The kernel counts every page of a mapped file that a process has touched as the process's own
    until it is told that the process can do without. Handed back, a page stays in the kernel's
    cache as long as nothing else needs the memory; the next touch finds it there.

    Parameters
    ----------
    folder : Path
        Where the files lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._maps: list[mmap.mmap] = []
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="rooms", daemon=True)

    def __enter__(self) -> Self:
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._watcher.join()

    def allocate(self, name: str, shape: tuple[int, int]) -> NDArray[np.float32]:
        """Give room in a file: it costs no memory of its own and is the checkpoint already.

        Raises
        ------
        OSError
            If the disk is full, before anything is written.
        """
        path = self._folder / f"{name}.npy"
        room: NDArray[np.float32] = np.lib.format.open_memmap(
            path, mode="w+", dtype=np.float32, shape=shape
        )
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.posix_fallocate(descriptor, 0, path.stat().st_size)
        finally:
            os.close(descriptor)
        self.adopt(room)
        return room

    def adopt(self, audio: NDArray[np.float32]) -> None:
        """Care for an array from elsewhere as well, if it lies in a file."""
        if isinstance(audio.base, mmap.mmap):
            self._maps.append(audio.base)

    def hand_back(self, until_bytes: int = 0) -> None:
        """Let the kernel have pages; what is written in them is kept.

        The oldest rooms go first: the stages that filled them are over, and a page that is written
        once more after it was handed back costs a fault.

        Parameters
        ----------
        until_bytes : int
            Stop when the process holds no more than this.
        """
        for mapped in tuple(self._maps):
            if resident_bytes() <= until_bytes:
                break
            mapped.madvise(mmap.MADV_DONTNEED)

    def _watch(self) -> None:
        while not self._closing.wait(LOOK_EVERY_SECONDS):
            self.hand_back(MOST_RESIDENT_BYTES)


def resident_bytes() -> int:
    """Return how much memory the process holds, pages of mapped files included."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:  # not on Linux
        return 0
    return pages * mmap.PAGESIZE
