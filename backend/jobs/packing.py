"""Pack rendered tracks while no song is in work."""

import asyncio
import hashlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

from backend.errors import NotFound, ServiceUnavailable
from backend.pipeline.formats import rendered
from backend.services import packing
from backend.services.making import MadeFile
from backend.services.platform import Platform

logger = logging.getLogger(__name__)

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

        A track that is damaged is left as it is and not tried again; one for which there is no room
        waits, and the others are packed meanwhile.

        Raises
        ------
        ServiceUnavailable
            If storage or database are away, or there was no room; the next call goes on.
        """
        packed, failure = 0, None
        for key in await packing.to_pack(self._platform):
            if not self._is_idle():
                break
            if key in self._refused:
                continue
            try:
                packed += await self._pack(key)
            except OSError as error:
                failure = error
        if failure is not None:
            raise ServiceUnavailable("There is no room to pack a track.") from failure
        return packed

    async def _pack(self, key: str) -> bool:
        with tempfile.TemporaryDirectory(prefix="aimusic-packing-") as folder:
            try:
                source = await self._platform.storage.fetch(key, Path(folder))
                made = await asyncio.to_thread(_packed, source, Path(folder) / "packed.flac")
            except NotFound:
                return False
            except ValueError as error:
                logger.warning("the track %s is damaged: %s", key, error)
                made = None
            if made is None:
                self._refused.add(key)
                return False
            await packing.keep_packed(self._platform, key, made)
        return True


def _packed(source: Path, target: Path) -> MadeFile | None:
    with target.open("w+b") as file:
        if not rendered.pack(source, file):
            return None
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return MadeFile(target.name, target, sha256, target.stat().st_size, MEDIA_TYPE)
