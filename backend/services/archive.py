"""A ZIP of stored files that is never written down: laid out by sizes, sent as it is asked for.

Nothing is compressed (sound hardly can be), and every entry has the same date, so that the same
files give the same bytes, every place in it is known beforehand, and any range can be sent.

References
----------
PKWARE, ".ZIP File Format Specification", version 6.3.10.
"""

import hashlib
import struct
import zlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from backend.services.content import Content
from backend.storage import Storage

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")
_EXTRA_64 = struct.Struct("<2HQ")
_VERSION, _VERSION_64 = 20, 45
_UTF8 = 1 << 11
_TIME, _DATE = 0, 1 << 5 | 1
"""1 January 1980, the first day that the format knows."""
_LARGE = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive."""

    name: str
    key: str
    """Where its bytes lie in the storage."""
    size: int


class Archive:
    """The archive as bytes that can be asked for.

    Parameters
    ----------
    storage : Storage
        Where the members lie.
    members : sequence of Member
        In their order; each below 4 GiB, all together as large as they are.
    """

    def __init__(self, storage: Storage, members: Sequence[Member]) -> None:
        self._storage = storage
        self._members = tuple(members)
        self._checksums: dict[int, int] = {}
        self._starts: list[int] = []
        place = 0
        for member in self._members:
            self._starts.append(place)
            place += len(_local(member, 0)) + member.size
        self._directory_start = place

    def content(self, name: str) -> Content:
        """Return what a client downloads."""
        listed = "\n".join(f"{member.name}\0{member.key}" for member in self._members)
        size = self._directory_start + len(self._directory([0] * len(self._members)))
        return Content(name, hashlib.sha256(listed.encode()).hexdigest(), size, self.stream)

    async def stream(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Return the bytes from ``start`` up to but not including ``end``, in chunks.

        Raises
        ------
        NotFound, ServiceUnavailable
            As the storage does.
        """
        for index, member in enumerate(self._members):
            place = self._starts[index]
            data_place = place + len(_local(member, 0))
            if place < end and start < data_place:
                header = _local(member, await self._checksum(index))
                yield header[max(0, start - place) : end - place]
            first, last = max(0, start - data_place), min(member.size, end - data_place)
            if first < last:
                async for chunk in self._storage.stream(member.key, first, last):
                    yield chunk
        if end > self._directory_start:
            checksums = [await self._checksum(index) for index in range(len(self._members))]
            place = self._directory_start
            yield self._directory(checksums)[max(0, start - place) : end - place]

    async def _checksum(self, index: int) -> int:
        if index not in self._checksums:
            checksum = 0
            async for chunk in self._storage.stream(self._members[index].key):
                checksum = zlib.crc32(chunk, checksum)
            self._checksums[index] = checksum
        return self._checksums[index]

    def _directory(self, checksums: Sequence[int]) -> bytes:
        """Return the list of members, and the end of the archive."""
        entries = b"".join(map(_central, self._members, checksums, self._starts))
        count, start = len(self._members), self._directory_start
        large = b""
        if start >= _LARGE:
            end = start + len(entries)
            large = _END_64.pack(
                b"PK\6\6", _END_64.size - 12, _VERSION_64, _VERSION_64, 0, 0, count, count,
                len(entries), start,
            ) + _LOCATOR_64.pack(b"PK\6\7", 0, end, 1)  # fmt: skip
        short = min(start, _LARGE)
        return entries + large + _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), short, 0)


def _local(member: Member, checksum: int) -> bytes:
    name = member.name.encode()
    header = _LOCAL.pack(
        b"PK\3\4", _VERSION, _UTF8, 0, _TIME, _DATE, checksum, member.size, member.size,
        len(name), 0,
    )  # fmt: skip
    return header + name


def _central(member: Member, checksum: int, start: int) -> bytes:
    name = member.name.encode()
    extra = _EXTRA_64.pack(1, 8, start) if start >= _LARGE else b""
    version = _VERSION_64 if extra else _VERSION
    header = _CENTRAL.pack(
        b"PK\1\2", version, version, _UTF8, 0, _TIME, _DATE, checksum, member.size, member.size,
        len(name), len(extra), 0, 0, 0, 0, min(start, _LARGE),
    )  # fmt: skip
    return header + name + extra
