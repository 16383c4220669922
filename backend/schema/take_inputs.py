"""How a take can be edited, and how that becomes what the services take.

In every input what is left out stays as it is in the take; null sets it back.
"""

import strawberry
from strawberry import UNSET

from backend.schema.described import input_type
from backend.schema.inputs import INSTRUMENTAL, LyricsInput, StyleInput, given
from backend.services.editing import MakeTake, RegenerateSection, RemixTake, ReviseTake
from backend.services.mix_request import MixChange

STRIP_SETTINGS = ("gain_db", "pan", "muted", "room_db", "hall_db", "echo_db")
KEY = "Repeating a key within 24 hours returns the take that it made."


@input_type
class StripInput:
    """What is set on one track; null leaves it to the style again."""

    track_id: strawberry.ID = strawberry.field(description="The id of one of the song's tracks.")
    gain_db: float | None = strawberry.field(
        default=UNSET, description="-60 to 24, added to the style's level."
    )
    pan: float | None = strawberry.field(
        default=UNSET, description="-2 to 2, added to the style's place: -1 left, 1 right."
    )
    muted: bool | None = strawberry.field(default=UNSET, description="Whether it is silent.")
    room_db: float | None = strawberry.field(
        default=UNSET, description="-60 (off) to 6, the level of what goes to the room."
    )
    hall_db: float | None = strawberry.field(default=UNSET, description="The same for the hall.")
    echo_db: float | None = strawberry.field(default=UNSET, description="The same for the echo.")


@input_type
class RemixTakeInput:
    """Which take to mix anew, and what to set; whatever is left out stays as it is."""

    take_id: strawberry.ID = strawberry.field(description="A finished take.")
    tracks: list[StripInput] | None = strawberry.field(
        default=None, description="What to set on its tracks."
    )
    target_lufs: float | None = strawberry.field(
        default=UNSET, description="-23 (broadcast) to -9 (club); null is -14."
    )
    dynamic: bool | None = strawberry.field(
        default=UNSET, description="Whether to keep the peaks at the cost of loudness."
    )
    preset: str | None = strawberry.field(
        default=UNSET,
        description="The id of one of `styles`, to be mixed in its manner: tone, balance, width, "
        "effects, ducking and glue; the song's own dynamics stay. Null is its own style.",
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def to_command(self) -> RemixTake:
        """Return what the services take."""
        strips = {str(strip.track_id): given(strip, *STRIP_SETTINGS) for strip in self.tracks or ()}
        settings = given(self, "target_lufs", "dynamic", "preset")
        if "target_lufs" in settings:
            settings["loudness_lufs"] = settings.pop("target_lufs")
        return RemixTake(self.take_id, MixChange(settings, strips), self.idempotency_key)


@input_type
class RegenerateSectionInput:
    """Which section to compose anew; all others stay as they are."""

    take_id: strawberry.ID = strawberry.field(description="A finished take.")
    section_index: int = strawberry.field(description="The section's place in the form, from 0.")
    seed: int | None = strawberry.field(
        default=None, description="Same seed, same section; drawn if left out."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def to_command(self) -> RegenerateSection:
        """Return what the services take."""
        return RegenerateSection(self.take_id, self.section_index, self.seed, self.idempotency_key)


@input_type
class ReviseTakeInput:
    """What to ask for otherwise; whatever is left out stays, null lets the composer decide."""

    take_id: strawberry.ID = strawberry.field(description="The take whose request is changed.")
    prompt: str | None = strawberry.field(default=None, description="1 to 2000 characters.")
    style: StyleInput | None = strawberry.field(
        default=None, description="How it should sound; wins over the prompt."
    )
    lyrics: LyricsInput | None = strawberry.field(
        default=UNSET, description="All of the words; null lets go of them."
    )
    instrumental: bool | None = strawberry.field(default=UNSET, description=INSTRUMENTAL)
    duration_seconds: int | None = strawberry.field(default=UNSET, description="10 to 600.")
    seed: int | None = strawberry.field(default=UNSET, description="Another seed, another song.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def to_command(self) -> ReviseTake:
        """Return what the services take."""
        request = {
            **({"prompt": self.prompt} if self.prompt is not None else {}),
            **given(self, "lyrics", "instrumental", "duration_seconds", "seed"),
            **(self.style.given() if self.style else {}),
        }
        if request.get("lyrics"):
            request["lyrics"] = request["lyrics"].to_request()
        return ReviseTake(self.take_id, request, self.idempotency_key)


@input_type
class MakeTakeInput:
    """Make the same song of another seed."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    seed: int | None = strawberry.field(
        default=None, description="Same seed, same song; drawn if left out."
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY)

    def to_command(self) -> MakeTake:
        """Return what the services take."""
        return MakeTake(self.project_id, self.seed, self.idempotency_key)
