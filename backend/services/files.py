"""Signed, expiring addresses of files, and the peaks for drawing them."""
from typing import Literal

from backend.services.platform import Platform
from backend.services.song_summary import FileRef


def sign(platform: Platform, key: str, filename: str, *, disposition: Literal["inline", "attachment"] = "inline") -> str:
    """``/files/{key}?name=…&disposition=…&expires=…&signature=…``, good for 24 hours."""
    raise NotImplementedError


def check(platform: Platform, key: str, name: str, disposition: str, expires: str, signature: str) -> None:
    """NotFound for a forged address, NotAuthenticated for an expired one."""
    raise NotImplementedError


async def peaks(platform: Platform, file: FileRef, points: int = 800) -> list[float]:
    """min, max, min, max … (2 × points), -1 to 1; empty when the file has none. InvalidInput on points 1..2000."""
    raise NotImplementedError
