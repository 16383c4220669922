"""The written side of a song: sections, chords and words."""

from typing import Self

import strawberry

from backend.schema.described import object_type
from backend.services.song_summary import (
    ChordSummary,
    LyricsSummary,
    SectionSummary,
    SyllableSummary,
)


@object_type
class Chord:
    """One chord at its place in the song."""

    symbol: str = strawberry.field(description="As a musician writes it: `Am7`, `F/A`.")
    start_beat: float = strawberry.field(description="Quarter notes from the start of the song.")
    duration_beats: float = strawberry.field(description="Its length in quarter notes.")
    start_seconds: float = strawberry.field(description="Seconds from the start of the song.")

    @classmethod
    def from_summary(cls, chord: ChordSummary) -> Self:
        """Make the type from the song's summary."""
        return cls(
            symbol=chord.symbol,
            start_beat=chord.start_beat,
            duration_beats=chord.duration_beats,
            start_seconds=chord.start_seconds,
        )


@object_type
class Section:
    """One part of the form."""

    index: int = strawberry.field(description="Its place in the form, from 0.")
    name: str = strawberry.field(description="As shown: `Verse 2`.")
    start_bar: int = strawberry.field(description="Its first bar, counted from 0.")
    bars: int = strawberry.field(description="Its length in bars.")
    start_seconds: float = strawberry.field(description="Seconds from the start of the song.")
    duration_seconds: float = strawberry.field(description="Its length in seconds.")
    energy: float = strawberry.field(description="0 (calm) to 1 (intense).")
    chords: list[Chord] = strawberry.field(description="Its harmony, in order.")

    @classmethod
    def from_summary(cls, section: SectionSummary) -> Self:
        """Make the type from the song's summary."""
        return cls(
            index=section.index,
            name=section.name,
            start_bar=section.start_bar,
            bars=section.bars,
            start_seconds=section.start_seconds,
            duration_seconds=section.duration_seconds,
            energy=section.energy,
            chords=[Chord.from_summary(chord) for chord in section.chords],
        )


@object_type
class Syllable:
    """One sung syllable on its note."""

    text: str = strawberry.field(description="The syllable.")
    line: int = strawberry.field(description="Its line in the lyrics, from 0.")
    start_seconds: float = strawberry.field(description="When it begins.")
    duration_seconds: float = strawberry.field(description="How long it is held.")
    word_end: bool = strawberry.field(description="Whether it ends a word.")

    @classmethod
    def from_summary(cls, syllable: SyllableSummary) -> Self:
        """Make the type from the song's summary."""
        return cls(
            text=syllable.text,
            line=syllable.line,
            start_seconds=syllable.start_seconds,
            duration_seconds=syllable.duration_seconds,
            word_end=syllable.word_end,
        )


@object_type
class Lyrics:
    """The words: what was asked for, and where each syllable is sung."""

    theme: str | None = strawberry.field(
        description="What they are about; null if that was left open."
    )
    text: str | None = strawberry.field(
        description="The lyrics that were given, word for word; null if none were."
    )
    style: str | None = strawberry.field(description="Their style; null if that was left open.")
    mood: str | None = strawberry.field(description="Their mood; null if that was left open.")
    language: str | None = strawberry.field(
        description="Their language tag; null if that was left open."
    )
    explicit: bool = strawberry.field(description="Whether strong language is welcome.")
    syllables: list[Syllable] = strawberry.field(
        description="Every syllable in time; empty until the melody exists."
    )

    @classmethod
    def from_summary(cls, lyrics: LyricsSummary) -> Self:
        """Make the type from the song's summary."""
        return cls(
            theme=lyrics.theme,
            text=lyrics.text,
            style=lyrics.style,
            mood=lyrics.mood,
            language=lyrics.language,
            explicit=lyrics.explicit,
            syllables=[Syllable.from_summary(syllable) for syllable in lyrics.syllables],
        )
