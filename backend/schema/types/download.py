"""Files of a song that are made when somebody asks for them."""

from collections.abc import Sequence
from enum import Enum

import strawberry
from strawberry import enum_value

from backend.schema.context import Context
from backend.schema.described import enum, object_type
from backend.services import downloads
from backend.services.addresses import Addresses


@enum
class DownloadFormat(Enum):
    """How a download is packed."""

    FLAC = enum_value("flac", description="Lossless, 24 bits.")
    OGG = enum_value("ogg", description="Vorbis, about 190 kbit/s.")
    WAV_ZIP = enum_value("wav-zip", description="All stems as WAV in one ZIP.")
    FLAC_ZIP = enum_value("flac-zip", description="All stems as FLAC in one ZIP.")


@object_type
class Download:
    """A file that is made when its address is first opened; it answers Range requests."""

    name: str = strawberry.field(description="Unique within the song, such as `stems/bass.flac`.")
    format: DownloadFormat = strawberry.field(description="How it is packed.")
    url: str = strawberry.field(description="A signed address, good for 24 hours.")
    size_bytes: float | None = strawberry.field(
        description="Its size, which can exceed 32 bits; null until it is known."
    )
    ready: bool = strawberry.field(
        description="Whether it can be had at once; otherwise opening it takes a few seconds."
    )


async def show(
    context: Context, addresses: Addresses, offered: Sequence[downloads.Download]
) -> list[Download]:
    """Return the downloads of a take as they stand."""
    if not offered:
        return []
    sizes = await context.loaders.download_sizes.load(addresses.take_id)
    return [
        Download(
            name=one.name,
            format=DownloadFormat(one.format.value),
            url=addresses.of_download(one),
            size_bytes=sizes.get(one.name),
            ready=one.name in sizes,
        )
        for one in offered
    ]
