"""What the user asked for, and the stages that make it."""

from dataclasses import dataclass
from enum import StrEnum


class StageName(StrEnum):
    """The five stages, in order."""

    PLANNING = "planning"
    GENERATION = "generation"
    ARRANGEMENT = "arrangement"
    RENDERING = "rendering"
    MIXING = "mixing"


@dataclass(frozen=True, slots=True)
class LyricsRequest:
    """What the user asked for in words; ``text`` is kept word for word."""

    theme: str | None = None
    text: str | None = None
    style: str | None = None
    mood: str | None = None
    language: str | None = None
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class SectionSeed:
    """Another seed for one section: it gets new material, all others keep theirs."""

    index: int
    """Place in the form, from 0."""
    seed: int


@dataclass(frozen=True, slots=True)
class SongRequest:
    """What the user asked for, validated; structured fields win over the prompt."""

    prompt: str
    seed: int
    title: str | None = None
    genre: str | None = None
    mood: str | None = None
    energy: float | None = None
    """0 (calm) to 1 (intense)."""
    tempo_bpm: float | None = None
    """40 to 240, obeyed exactly."""
    key: str | None = None
    time_signature: str | None = None
    instruments: tuple[str, ...] = ()
    without_instruments: tuple[str, ...] = ()
    duration_seconds: float | None = None
    """10 to 600."""
    lyrics: LyricsRequest | None = None
    instrumental: bool | None = None
    """True for no words, False for words; None leaves it to lyrics and prompt."""
    section_seeds: tuple[SectionSeed, ...] = ()
    """Sections that are composed and arranged anew, each at most once."""
