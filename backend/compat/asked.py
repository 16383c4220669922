"""What clients send. Unknown fields are ignored; ranges are checked by the services."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from backend.pipeline.artifacts import LyricsRequest
from backend.services.projects import StartSong


def _range(low: float, high: float) -> dict[str, JsonValue]:
    """Tell a range that the services check, in words of their own."""
    return {"minimum": low, "maximum": high}


class Asked(BaseModel):
    """A body or a query string. Numbers in bodies are numbers, not text that looks like one."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class StyleConfig(Asked):
    """How the song should sound."""

    model_config = ConfigDict(strict=True)

    genre: str | None = None
    energy: Annotated[
        float | None, Field(description="0 (calm) to 1 (intense).", json_schema_extra=_range(0, 1))
    ] = None
    mood: str | None = None
    tempo: Annotated[
        float | None,
        Field(description="40 to 240 BPM, obeyed exactly.", json_schema_extra=_range(40, 240)),
    ] = None
    key: Annotated[str | None, Field(examples=["A minor", "Eb major"])] = None
    time_signature: Annotated[str | None, Field(examples=["4/4", "6/8"])] = None

    @property
    def in_words(self) -> str:
        """The style as a prompt, for requests that bring none."""
        return " ".join(filter(None, ["A", self.mood, self.genre, "song"]))


class LyricsWish(Asked):
    """The words of the song."""

    model_config = ConfigDict(strict=True)

    theme: str | None = None
    style: str | None = None
    mood: str | None = None
    language: str | None = None
    explicit: bool | None = None

    def to_request(self) -> LyricsRequest:
        """Return what the services take."""
        return LyricsRequest(
            theme=self.theme,
            style=self.style,
            mood=self.mood,
            language=self.language,
            explicit=bool(self.explicit),
        )


class GenerateFullSong(Asked):
    """A song to be made; at least one of project_name, prompt and style_config is needed."""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
                for name in ("project_name", "prompt", "style_config")
            ]
        },
    )

    project_name: Annotated[str | None, Field(description="The song's name.")] = None
    prompt: Annotated[
        str | None, Field(description="What it should be, in plain words (1 to 2000 characters).")
    ] = None
    style_config: StyleConfig | None = None
    lyrics_request: LyricsWish | None = None
    advanced_options: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.project_name is None and self.prompt is None and self.style_config is None:
            raise ValueError("one of project_name, prompt and style_config is needed")
        return self

    def to_request(self, idempotency_key: str | None) -> StartSong:
        """Return what the services take."""
        style = self.style_config or StyleConfig()
        prompt = self.prompt if self.prompt is not None else self.project_name
        return StartSong(
            prompt=style.in_words if prompt is None else prompt,
            title=self.project_name,
            genre=style.genre,
            mood=style.mood,
            energy=style.energy,
            tempo_bpm=style.tempo,
            key=style.key,
            time_signature=style.time_signature,
            lyrics=self.lyrics_request.to_request() if self.lyrics_request else None,
            idempotency_key=idempotency_key,
        )


class Window(Asked):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=10_000)] = 0


class Since(Asked):
    """From where on."""

    after: Annotated[
        str | None, Field(pattern=r"^[0-9]{1,15}$", description="The id of the last event seen.")
    ] = None


class Nothing(Asked):
    """No parameters."""
