"""Audio files and the way to draw them."""

from typing import Annotated, Self

import strawberry

from backend.schema.context import Info
from backend.schema.described import object_type, resolver
from backend.schema.types.enums import AudioFormat
from backend.services import files
from backend.services.addresses import Addresses
from backend.services.song_summary import FileRef

Points = Annotated[int, strawberry.argument(description="How many pairs, 1 to 2000.")]


@object_type
class AudioFile:
    """A file that can be played and downloaded; it answers Range requests."""

    ref: strawberry.Private[FileRef]

    format: AudioFormat = strawberry.field(description="Its encoding.")
    url: str = strawberry.field(description="A signed address, good for 24 hours.")
    size_bytes: int = strawberry.field(description="Its size.")
    duration_seconds: float = strawberry.field(description="Its length.")

    @resolver
    async def peaks(self, info: Info, points: Points = 800) -> list[float]:
        """Min/max pairs, -1 to 1."""
        return await files.peaks(info.context.platform, self.ref, points)

    @classmethod
    def from_ref(cls, addresses: Addresses, ref: FileRef, filename: str) -> Self:
        """Make the type from a file of the song.

        Parameters
        ----------
        addresses : Addresses
            Of the take that it belongs to.
        ref : FileRef
            The file.
        filename : str
            What a download is called.
        """
        return cls(
            ref=ref,
            format=AudioFormat(ref.format),
            url=addresses.of_file(ref.key, filename),
            size_bytes=ref.size_bytes,
            duration_seconds=ref.duration_seconds or 0.0,
        )
