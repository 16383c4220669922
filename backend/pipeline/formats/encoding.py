"""Sound written by libsndfile into an open file, with the disk's own word when there is no room.

Libsndfile writes through call-backs, out of which no exception comes: what goes wrong in them would
be printed, and come back as an assertion or as an error that looks like that of a damaged source.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import SEEK_SET
from typing import BinaryIO

import soundfile


@contextmanager
def encoder(
    target: BinaryIO,
    sample_rate: int,
    channels: int,
    encoding: str,
    container: str,
    effort: float | None = None,
) -> Iterator[soundfile.SoundFile]:
    """Give a sound file to write blocks to.

    Parameters
    ----------
    target : binary file
        Open for writing, seekable.
    sample_rate : int
        In Hz.
    channels : int
        How many.
    encoding, container : str
        As libsndfile calls them: "PCM_24", "FLAC".
    effort : float or None
        Of the compression, 0 to 1.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    kept = _Kept(target)
    try:
        with soundfile.SoundFile(
            kept, "w", sample_rate, channels, encoding, format=container, compression_level=effort
        ) as out:
            yield out
    finally:
        if kept.failure is not None:
            raise kept.failure


class _Kept:
    """A file that keeps its first failure instead of raising it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failure: OSError | None = None

    def write(self, data: bytes) -> int:
        return self._attempt(self._file.write, data)

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        return self._attempt(self._file.seek, offset, whence)

    def tell(self) -> int:
        return self._attempt(self._file.tell)

    def _attempt(self, call: Callable[..., int], *given: object) -> int:
        if self.failure is None:
            try:
                return call(*given)
            except OSError as error:
                self.failure = error
        return 0
