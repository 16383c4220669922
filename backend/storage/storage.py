"""One store for files: obstore over a local folder, S3, Google or Azure."""

import asyncio
import os
import re
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from backend.errors import NotFound, ServiceUnavailable
from backend.storage.keys import is_key

if TYPE_CHECKING:
    from obstore import GetOptions

CHUNK_BYTES = 256 * 1024
TEMPORARY = re.compile(r"([0-9a-f]{2}/\.|health/)[0-9a-f-]{36}")
"""Names under which a process that is killed may leave a file."""
MISSING = (FileNotFoundError, NotFoundError)


class Storage:
    """Files by key. A file is there whole or not at all, and never changes.

    Parameters
    ----------
    store : ObjectStore
        From ``open_storage``.
    root : Path or None
        The folder of a local store: files are moved into it instead of copied.
    """

    def __init__(self, store: ObjectStore, root: Path | None = None) -> None:
        self._store = store
        self._root = root

    async def put(self, key: str, data: bytes) -> None:
        """Store bytes.

        Raises
        ------
        ServiceUnavailable
            If the store cannot be written.
        """
        with _plain_errors():
            await self._store.put_async(key, data)

    async def put_file(self, key: str, path: Path) -> None:
        """Store a file, and leave nothing at ``path``; a key that is there already stays as it is.

        Its name outlives a loss of power; for what is in it, see ``secure``.

        Raises
        ------
        ServiceUnavailable
            If the store cannot be written; the file is still at ``path``.
        """
        with _plain_errors():
            if await self.size(key) == (await asyncio.to_thread(path.stat)).st_size:
                pass
            elif self._root is not None:
                await asyncio.to_thread(_move, path, self._root / key)
                return
            else:
                await self._store.put_async(key, path)
            await asyncio.to_thread(path.unlink)

    async def secure(self, path: Path) -> None:
        """Let a file outlive a loss of power, before it is stored with ``put_file``.

        Apart from storing it because it takes as long as the disk needs for the whole file, and
        nobody should wait for a lock meanwhile. An object store does it by itself; a file that has
        been stored already needs nothing.

        Raises
        ------
        ServiceUnavailable
            If the disk fails.
        """
        if self._root is not None:
            with _plain_errors(), suppress(FileNotFoundError):
                await asyncio.to_thread(_sync, path)

    async def size(self, key: str) -> int | None:
        """Return the file's length in bytes, or None if there is none.

        Raises
        ------
        ServiceUnavailable
            If the store does not answer.
        """
        with _plain_errors():
            try:
                return (await self._store.head_async(key))["size"]
            except MISSING:
                return None

    async def read(self, key: str) -> bytes:
        """Return the whole file.

        Raises
        ------
        NotFound
            If there is none.
        ServiceUnavailable
            If the store does not answer.
        """
        with _plain_errors():
            found = await self._store.get_async(key)
            return bytes(await found.bytes_async())

    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        """Return the bytes from ``start`` up to but not including ``end``, in chunks.

        Raises
        ------
        NotFound
            If there is no such file.
        ServiceUnavailable
            If the store does not answer.
        """
        with _plain_errors():
            options: GetOptions | None = None
            if end is not None:
                options = {"range": (start, end)}
            elif start:
                options = {"range": {"offset": start}}
            found = await self._store.get_async(key, options=options)
            async for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
                yield bytes(chunk)

    async def fetch(self, key: str, folder: Path) -> Path:
        """Return a path where the file can be read; what lies there must not be written.

        Parameters
        ----------
        folder : Path
            Where to copy the file to if the store is not local.

        Raises
        ------
        NotFound
            If there is no such file.
        ServiceUnavailable
            If the store does not answer.
        """
        if self._root is not None:
            path = self._root / key
            if not await asyncio.to_thread(path.is_file):
                if not await asyncio.to_thread(self._root.is_dir):
                    raise _away()
                raise NotFound("This file does not exist.")
            return path
        path = folder / key.replace("/", "-")
        with await asyncio.to_thread(path.open, "wb") as file:
            async for chunk in self.stream(key):
                await asyncio.to_thread(file.write, chunk)
        return path

    async def delete(self, keys: Sequence[str]) -> None:
        """Delete the files; those that are not there do not matter.

        Raises
        ------
        ServiceUnavailable
            If the store does not answer.
        """
        with _plain_errors():
            for key in keys:
                try:
                    await self._store.delete_async(key)
                except MISSING:
                    continue

    async def all_keys(self) -> AsyncIterator[str]:
        """Return all keys, in no order."""
        async for key, _ in self._listed():
            yield key

    async def keys_before(self, moment: datetime) -> AsyncIterator[str]:
        """Return the keys of our files that were written before then, in no order."""
        async for key, written in self._listed():
            if written < moment and (is_key(key) or TEMPORARY.fullmatch(key)):
                yield key

    async def _listed(self) -> AsyncIterator[tuple[str, datetime]]:
        with _plain_errors():
            async for batch in self._store.list():
                for found in batch:
                    yield found["path"], found["last_modified"]

    async def ping(self) -> None:
        """Write, read and delete a small file.

        Raises
        ------
        ServiceUnavailable
            If that fails.
        """
        key = f"health/{uuid.uuid4()}"
        await self.put(key, b"ok")
        await self.read(key)
        await self.delete([key])


def open_storage(url: str) -> Storage:
    """Open the store behind a URL: ``file:///folder`` (made when missing), ``s3://bucket``."""
    if not url.startswith("file:"):
        return Storage(from_url(url))
    root = Path(url2pathname(urlsplit(url).path))
    root.mkdir(parents=True, exist_ok=True)
    return Storage(LocalStore(root), root)


def _move(source: Path, target: Path) -> None:
    """Make the file appear at ``target`` at once and whole, also from another file system."""
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(target.parent.parent)
    try:
        source.replace(target)
    except OSError:
        partial = target.with_name(f".{uuid.uuid4()}")
        try:
            shutil.copyfile(source, partial)
            _sync(partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
        source.unlink()
    _sync(target.parent)


def _sync(path: Path) -> None:
    """Wait until the disk has the file, or the names in the folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except MISSING as error:
        raise NotFound("This file does not exist.") from error
    except (BaseError, OSError) as error:
        raise _away() from error


def _away() -> ServiceUnavailable:
    return ServiceUnavailable("The file store is away for a moment; try again.")
