"""Something that can be downloaded, wherever its bytes come from."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from backend.services.platform import Platform
from backend.storage import sha256_of


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes that never change."""

    name: str
    """Its suffix tells the media type."""
    tag: str
    """Of these very bytes, good as an ETag."""
    size: int
    stream: Callable[[int, int], AsyncIterator[bytes]]
    """Gives the bytes from a start up to but not including an end."""


def stored_content(platform: Platform, key: str, size: int) -> Content:
    """Return a file of the storage."""
    return Content(
        name=key,
        tag=sha256_of(key),
        size=size,
        stream=lambda start, end: platform.storage.stream(key, start, end),
    )
