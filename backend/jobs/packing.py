"""Pack rendered tracks while no song is in work."""

import asyncio
import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

from backend.errors import NotFound
from backend.pipeline.formats import rendered
from backend.services import packing
from backend.services.making import MadeFile
from backend.services.platform import Platform

MEDIA_TYPE = "audio/flac"


class Packer:
    """Packs what can be packed, each track once.

    Parameters
    ----------
    platform : Platform
        Where the tracks are kept.
    is_idle : callable
        Says whether the processor has nothing better to do; asked before each track.
    """

    def __init__(self, platform: Platform, is_idle: Callable[[], bool]) -> None:
        self._platform = platform
        self._is_idle = is_idle
        self._refused: set[str] = set()

    async def pack(self) -> int:
        """Pack what there is to pack; return how many tracks.

        Raises
        ------
        ServiceUnavailable
            If storage or database are away; the next call goes on.
        """
        packed = 0
        for key in await packing.to_pack(self._platform):
            if not self._is_idle():
                break
            if key not in self._refused:
                packed += await self._pack(key)
        return packed

    async def _pack(self, key: str) -> bool:
        with tempfile.TemporaryDirectory(prefix="aimusic-packing-") as folder:
            try:
                source = await self._platform.storage.fetch(key, Path(folder))
            except NotFound:
                return False
            made = await asyncio.to_thread(_packed, source, Path(folder) / "packed.flac")
            if made is None:
                self._refused.add(key)
                return False
            await packing.keep_packed(self._platform, key, made)
        return True


def _packed(source: Path, target: Path) -> MadeFile | None:
    if not rendered.pack(source, target):
        return None
    with target.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return MadeFile(target.name, target, sha256, target.stat().st_size, MEDIA_TYPE)
