"""What is set at a take's mixer."""

from typing import Self

import strawberry

from backend.pipeline import artifacts
from backend.schema.described import object_type


@object_type
class Strip:
    """What is set on one track, around what the style does."""

    track_id: strawberry.ID = strawberry.field(description="The track.")
    gain_db: float = strawberry.field(description="Added to the style's level.")
    pan: float = strawberry.field(description="Added to the style's place.")
    muted: bool = strawberry.field(description="Whether it is silent.")
    room_db: float | None = strawberry.field(
        description="Level of what goes to the room; null leaves it to the style."
    )
    hall_db: float | None = strawberry.field(description="The same for the hall, null too.")
    echo_db: float | None = strawberry.field(description="The same for the echo, null too.")


@object_type
class Mix:
    """What is set at a take's mixer; `remixTake` makes a take of other settings."""

    target_lufs: float = strawberry.field(description="How loud the master is to be.")
    dynamic: bool = strawberry.field(description="Whether peaks are kept at the cost of loudness.")
    preset: str | None = strawberry.field(
        description="The style in whose manner it is mixed: tone, balance, width, effects, ducking "
        "and glue; the song's own dynamics stay. Null for its own style."
    )
    tracks: list[Strip] = strawberry.field(
        description="What is set on the tracks; those that are as the style has them are left out."
    )

    @classmethod
    def from_settings(cls, mix: artifacts.MixSettings) -> Self:
        """Make the type from the settings."""
        return cls(
            target_lufs=mix.loudness_lufs,
            dynamic=mix.dynamic,
            preset=mix.preset,
            tracks=[_strip(track_id, strip) for track_id, strip in mix.strips.items()],
        )


def _strip(track_id: str, strip: artifacts.StripSettings) -> Strip:
    return Strip(
        track_id=strawberry.ID(track_id),
        gain_db=strip.gain_db,
        pan=strip.pan,
        muted=strip.muted,
        room_db=strip.room_db,
        hall_db=strip.hall_db,
        echo_db=strip.echo_db,
    )
