"""A song that anybody may hear who has its link."""

import strawberry

from backend.schema.described import object_type
from backend.schema.types.song import Song


@object_type
class SharedSong:
    """A song that anybody may hear who has its link; it tells nothing else of its project.

    The addresses of its files open nothing any more once the link does not.
    """

    title: str = strawberry.field(description="As its owner calls it.")
    song: Song = strawberry.field(description="The take that its owner has chosen.")
