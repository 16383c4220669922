"""Single byte ranges (RFC 9110 §14)."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The bytes from ``start`` up to but not including ``end``."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many bytes; none or less if the range lies outside of the file."""
        return self.end - self.start


def byte_range(header: str | None, size: int) -> ByteRange | None:
    """Read a ``Range`` header.

    Parameters
    ----------
    header : str or None
        The header's value.
    size : int
        Length of the file in bytes.

    Returns
    -------
    ByteRange or None
        None where the whole file is to be sent: without a range, with several, or with one that
        cannot be read (§14.2 lets a server ignore those). A range without bytes is one that cannot
        be satisfied.
    """
    match = ONE_RANGE.fullmatch((header or "").replace(" ", ""))
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return ByteRange(max(size - int(last), 0), size if int(last) else 0)
    if last and int(last) < int(first):
        return None
    return ByteRange(int(first), min(int(last) + 1 if last else size, size))
