"""What can be asked for, and how it becomes what the services take."""

from typing import Any

import strawberry
from strawberry import UNSET

from backend.pipeline.artifacts import LyricsRequest
from backend.schema.described import input_type
from backend.services.projects import StartSong

INSTRUMENTAL = "True for no words, false for words; null leaves it to lyrics and prompt."


def given(of: object, *names: str) -> dict[str, Any]:
    """Return which of these fields of an input have been given, null or not."""
    values = {name: getattr(of, name) for name in names}
    return {name: value for name, value in values.items() if value is not UNSET}


@input_type
class StyleInput:
    """How it should sound; whatever is left out follows from the prompt and the genre."""

    genre: str | None = strawberry.field(
        default=UNSET, description="The id or a name of one of `styles`, such as `lofi`."
    )
    mood: str | None = strawberry.field(default=UNSET, description="Such as `melancholic`.")
    energy: float | None = strawberry.field(default=UNSET, description="0 (calm) to 1 (intense).")
    tempo_bpm: float | None = strawberry.field(
        default=UNSET, description="40 to 240, obeyed exactly."
    )
    key: str | None = strawberry.field(
        default=UNSET, description='For example "A minor", "Eb major", "D dorian".'
    )
    time_signature: str | None = strawberry.field(
        default=UNSET, description='For example "4/4", "3/4", "6/8".'
    )
    instruments: list[str] | None = strawberry.field(
        default=UNSET, description="Instruments that must play."
    )
    without_instruments: list[str] | None = strawberry.field(
        default=UNSET, description="Instruments that must not play."
    )

    def given(self) -> dict[str, Any]:
        """Return what has been given, null or not, by the names that the services use."""
        values = given(
            self, "genre", "mood", "energy", "tempo_bpm", "key", "time_signature",
            "instruments", "without_instruments",
        )  # fmt: skip
        lists = {"instruments", "without_instruments"}
        return {
            name: tuple(value or ()) if name in lists else value for name, value in values.items()
        }


@input_type
class LyricsInput:
    """The words of the song."""

    theme: str | None = strawberry.field(default=None, description="What they are about.")
    text: str | None = strawberry.field(
        default=None, description="Lyrics to set to music, kept word for word."
    )
    style: str | None = strawberry.field(default=None, description="Such as `storytelling`.")
    mood: str | None = strawberry.field(default=None, description="Such as `hopeful`.")
    language: str | None = strawberry.field(
        default=None, description="A language tag (BCP 47) such as `en`."
    )
    explicit: bool | None = strawberry.field(
        default=None, description="Whether strong language is welcome."
    )

    def to_request(self) -> LyricsRequest:
        """Return what the services take."""
        return LyricsRequest(
            theme=self.theme,
            text=self.text,
            style=self.style,
            mood=self.mood,
            language=self.language,
            explicit=bool(self.explicit),
        )


@input_type
class GenerateFullSongInput:
    """What the song should be."""

    prompt: str = strawberry.field(
        description="What the song should be, in plain words (1 to 2000 characters)."
    )
    title: str | None = strawberry.field(
        default=None, description="The song's name; made from the prompt if left out."
    )
    style: StyleInput | None = strawberry.field(
        default=None, description="How it should sound; wins over the prompt."
    )
    lyrics: LyricsInput | None = strawberry.field(default=None, description="The words.")
    instrumental: bool | None = strawberry.field(default=None, description=INSTRUMENTAL)
    duration_seconds: int | None = strawberry.field(
        default=None, description="10 to 600; the style decides if left out."
    )
    seed: int | None = strawberry.field(default=None, description="Same input and seed, same song.")
    idempotency_key: str | None = strawberry.field(
        default=None, description="Repeating a key within 24 hours returns the first project."
    )

    def to_request(self) -> StartSong:
        """Return what the services take."""
        return StartSong(
            prompt=self.prompt,
            title=self.title,
            **(self.style.given() if self.style else {}),
            lyrics=self.lyrics.to_request() if self.lyrics else None,
            instrumental=self.instrumental,
            duration_seconds=self.duration_seconds,
            seed=self.seed,
            idempotency_key=self.idempotency_key,
        )
